using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>One clear message, one exit code, no stack trace, no process left.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_unknown_option_is_named_and_the_known_ones_are_listed()
    {
        Tool tool = await Tool.RunAsync("rehearse", "--balancr", "kube", "--", "true");

        RequireRefusal(tool, ExitCodes.Usage, "Unknown option '--balancr'", "--balancer");
    }

    [Fact]
    public async Task All_mistakes_are_shown_at_once()
    {
        Tool tool = await Tool.RunAsync(
            "rehearse", "--rate", "fast", "--grace", "-1", "--balancer", "none", "--endpoint-lag", "1..2", "--signal", "KILL", "--", "true");

        RequireRefusal(tool, ExitCodes.Usage, "4 mistakes", "--rate is 'fast'", "--grace is '-1'", "--endpoint-lag belongs to", "--signal is 'KILL'");
    }

    [Fact]
    public async Task A_missing_command_is_told_where_it_belongs()
    {
        RequireRefusal(await Tool.RunAsync("rehearse"), ExitCodes.Usage, "Give it after '--'");
        RequireRefusal(await Tool.RunAsync("rehearse", "dotnet", "run"), ExitCodes.Usage, "'dotnet' is neither an option nor its value");
    }

    [Fact]
    public async Task An_option_without_its_value_is_named() =>
        RequireRefusal(await Tool.RunAsync("rehearse", "--rate", "--", "true"), ExitCodes.Usage, "--rate needs a value: --rate N");

    [Fact]
    public async Task An_unknown_command_is_named() =>
        RequireRefusal(await Tool.RunAsync("reherse"), ExitCodes.Usage, "'reherse'");

    [Fact]
    public async Task A_command_that_does_not_exist_is_named() =>
        RequireRefusal(await Tool.RunAsync("rehearse", "--", "no-such-command"), ExitCodes.Program, "'no-such-command' does not exist");

    [Theory]
    [InlineData("--ledger-command", "orders=cat done")]
    [InlineData("--balancer", "haproxy")]
    public async Task A_place_for_temporary_files_that_is_not_there_is_named(params string[] options)
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, "quiesce"), "rehearse", .. options, "--", "true"];
        ProgramProcess tool = ProgramProcess.Start(new ProgramStart(command, new Dictionary<string, string> { ["TMPDIR"] = "/no/such" }), TimeProvider.System);

        ProgramExit exit = await Shell.EndOfAsync(tool);

        Assert.Equal(ExitCodes.Usage, exit.Status.Code);
        Assert.Contains(tool.Output.Last(20), static line => line.Contains("TMPDIR: nothing can be created in '/no/such/'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_ends_early_is_shown_with_its_exit_code_and_its_last_lines()
    {
        Tool tool = await Tool.RunAsync("rehearse", "--", "/bin/sh", "-c", "echo 'no configuration' >&2; exit 9");

        RequireRefusal(tool, ExitCodes.Program, "Instance 1 ended before it was ready (exit code 9)", "| no configuration");
    }

    [Fact]
    public async Task A_program_that_never_gets_ready_is_ended()
    {
        string pidFile = _folder["pid"];

        string script = $"echo $$ > {pidFile}; exec sleep 600";
        Tool tool = await Tool.RunAsync("rehearse", "--ready-timeout", "0.5", "--", "/bin/sh", "-c", script);

        RequireRefusal(tool, ExitCodes.Program, "Instance 1 was not ready within 0.5 s", "Nothing listens on port", "It wrote nothing.");
        Assert.False(Shell.IsAlive(int.Parse(File.ReadAllText(pidFile))));
    }

    [Fact]
    public async Task A_program_that_listens_and_never_gets_ready_is_told_what_was_asked()
    {
        // What it needs is not there, so whatever it is asked, it answers 502.
        Tool tool = await Tool.RunAsync(["rehearse", "--ready-timeout", "3", "--", .. Tool.SmallServerCommand("needs=1")]);

        RequireRefusal(tool, ExitCodes.Program, "Instance 1 was not ready within 3 s. It listens on port ", "but GET / got no answer below 500", "--ready");
    }

    [Fact]
    public async Task A_program_that_listens_elsewhere_is_told_where_and_how_to_go_on()
    {
        Tool tool = await Tool.RunAsync(["rehearse", "--ready-timeout", "3", "--", .. Tool.SmallServerCommand()[..2], "port=0"]);

        RequireRefusal(tool, ExitCodes.Program, "It listens on port ", " instead of ", "--balancer none --port ");
    }

    [Theory]
    [InlineData("moves=12")]
    [InlineData("moves=12", "--balancer", "none", "--no-baselines")]
    [InlineData("closes=12")]
    public async Task A_program_that_leaves_its_port_after_it_was_ready_is_told_where_it_went_and_how_to_go_on(string how, params string[] options)
    {
        // At its twelfth connection, long before the first signal.
        Tool tool = await Tool.RunAsync(["rehearse", "--steady", "1", .. options, "--", .. Tool.SmallServerCommand(how)]);

        RequireRefusal(tool, ExitCodes.Program, "Instance 1 was ready on port ", " and then left that port, before it was told to leave.", "Let it keep the port", "--ready");
        Match moved = Regex.Match(tool.Error, @"\| moved to port (\d+)");
        Assert.Equal(how == "moves=12", moved.Success);
        Assert.Contains(moved.Success ? $" It listens on port {moved.Groups[1]} now" : " It runs on and listens nowhere", tool.Error);
    }

    [Fact]
    public async Task A_program_without_http2_is_told_so_before_any_load_and_how_to_go_on()
    {
        string mix = _folder["mix.http"];
        File.WriteAllText(mix, "# @kind http2\nGET /\n");

        Tool tool = await Tool.RunAsync(["rehearse", "--requests", mix, "--", .. Tool.SmallServerCommand()]);

        RequireRefusal(
            tool, ExitCodes.Program, "Instance 1 does not speak HTTP/2 without TLS on port ", "'HTTP/1.1 200 Fine", "have the program listen on {http2-port}",
            "or leave that kind out of --requests");
    }

    [Fact]
    public async Task A_program_that_does_not_listen_on_the_port_for_http2_is_told_which()
    {
        string mix = _folder["mix.http"];
        File.WriteAllText(mix, "# @kind http2\nGET /\n");

        Tool tool = await Tool.RunAsync(
            ["rehearse", "--requests", mix, "--ready-timeout", "2", "--env", "NOBODY_READS={http2-port}", "--", .. Tool.SmallServerCommand()]);

        RequireRefusal(
            tool, ExitCodes.Program, "Instance 1 does not speak HTTP/2 without TLS on port ", "nothing listens there", "{http2-port} is for a listener that speaks nothing else");
    }

    [Fact]
    public async Task A_program_that_forks_into_the_background_is_told_to_stay()
    {
        Tool tool = await Tool.RunAsync("rehearse", "--", "/bin/sh", "-c", "setsid sleep 600 &");

        RequireRefusal(tool, ExitCodes.Program, "It left '", "' (process ", "Start it in the foreground");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Tool tool = await Tool.RunAsync("rehearse", "--balancer", "none", "--port", $"{port}", "--", "sleep", "600");

        RequireRefusal(tool, ExitCodes.Usage, $"--port {port} cannot be used");
    }

    [Fact]
    public async Task A_file_of_requests_that_cannot_be_read_is_named() =>
        RequireRefusal(await Tool.RunAsync("rehearse", "--requests", "/no/such/file.http", "--", "true"), ExitCodes.Usage, "--requests '/no/such/file.http'");

    [Fact]
    public async Task A_mistake_in_a_file_of_requests_is_shown_with_its_line()
    {
        string file = _folder["mix.http"];
        File.WriteAllText(file, "GET /\n###\nFETCH /orders\n");

        Tool tool = await Tool.RunAsync("rehearse", "--requests", file, "--", "true");

        RequireRefusal(tool, ExitCodes.Usage, $"{file}:3:", "'FETCH' is no method");
    }

    [Fact]
    public async Task A_report_that_is_none_is_named()
    {
        string file = _folder["report.json"];
        File.WriteAllText(file, "{ \"schema\": ");

        RequireRefusal(await Tool.RunAsync("compare", file), ExitCodes.Usage, "is no report of this version");
        RequireRefusal(await Tool.RunAsync("compare", "/no/such.json"), ExitCodes.Usage, "cannot be read");
        RequireRefusal(await Tool.RunAsync("compare"), ExitCodes.Usage, "nothing to compare");
    }

    private static void RequireRefusal(Tool tool, int exitCode, params string[] texts)
    {
        Assert.Equal(exitCode, tool.ExitCode);
        Assert.All(texts, text => Assert.Contains(text, tool.Error));
        Assert.DoesNotContain("   at ", tool.Error);
        Assert.DoesNotContain("Exception", tool.Error);
        Assert.Empty(tool.Out);
    }
}
