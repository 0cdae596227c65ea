using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>Runs the tool in this process and keeps what it said.</summary>
internal sealed record Tool(int ExitCode, string Out, string Error)
{
    public static async Task<Tool> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new CliConsole(output, TextWriter.Synchronized(error), IsLive: false, IsColoured: false);
        int exitCode = await QuiesceTool.RunAsync(args, console, TimeProvider.System).WaitAsync(TestTimeouts.Hang * 2);
        return new Tool(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Rehearses the small server, quickly, and returns the report as well.</summary>
    public static Task<(Tool Tool, ReportDocument Report)> RehearseAsync(IEnumerable<string> options, params string[] server) =>
        RehearseProgramAsync(options, SmallServerCommand(server));

    /// <summary>The same with any program.</summary>
    public static async Task<(Tool Tool, ReportDocument Report)> RehearseProgramAsync(IEnumerable<string> options, IEnumerable<string> program)
    {
        using var folder = new TemporaryFolder();
        string json = folder["report.json"];
        string[] often = options.Contains("--deployments") ? [] : ["--deployments", "2"];
        string[] quick = ["rehearse", .. often, "--steady", "0.6", "--rate", "150", "--seed", "7", "--json", json];
        Tool tool = await RunAsync([.. quick, .. options, "--", .. program]);
        Assert.True(File.Exists(json), tool.Error + tool.Out);
        return (tool, ReportFile.Read(json));
    }

    /// <summary>What failed, whether there is a verdict or not: a busy machine that holds the load up takes it away, and says nothing of the program.</summary>
    public static string[] FailuresOf(ReportDocument report) =>
        [.. report.Verdict.Reasons.Where(static reason => !reason.StartsWith("This machine held the load up", StringComparison.Ordinal))];

    public static string[] SmallServerCommand(params string[] server) =>
        [Path.Combine(AppContext.BaseDirectory, "Quiesce.Cli.Tests"), Programs.SmallServer.Name, "port={port}", .. server];
}
