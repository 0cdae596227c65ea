using System.Xml.Linq;
using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>Every result of one rehearsal, through the command.</summary>
[Trait("Size", "Full")]
public sealed class OutputTests : IDisposable
{
    // One deployment, without the baselines: they are other tests' business.
    private static readonly string[] _quick = ["--balancer", "kube", "--endpoint-lag", "0.3..0.5", "--deployments", "1", "--no-baselines"];

    private readonly string _directory = Directory.CreateTempSubdirectory("quiesce-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task All_results_that_were_asked_for_are_there()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            [.. _quick, "--junit", PathOf("r.xml"), "--markdown", PathOf("r.md"), "--html", PathOf("r.html"), "--log", PathOf("logs"), "--title", "All of them"], "leave=well");

        Assert.Equal("All of them", report.Title);
        Assert.Contains("All of them", tool.Out);
        Assert.Contains("All of them", XDocument.Load(PathOf("r.xml")).ToString());
        Assert.Contains("All of them", File.ReadAllText(PathOf("r.md")));
        Assert.StartsWith("<!doctype html>", File.ReadAllText(PathOf("r.html")), StringComparison.OrdinalIgnoreCase);
        Assert.All(Directory.GetFiles(PathOf("logs")), static log => Assert.StartsWith("listening, process ", File.ReadAllText(log)));
        Assert.Equal(2, Directory.GetFiles(PathOf("logs")).Length);
        Assert.Equal(["logs", "r.html", "r.md", "r.xml"], Directory.GetFileSystemEntries(_directory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_takes_no_other_away()
    {
        // Arrange: the program takes the directory of one of them away.
        string gone = Directory.CreateDirectory(PathOf("gone")).FullName, markdown = Path.Combine(gone, "r.md"), json = PathOf("r.json"), html = PathOf("r.html");
        string[] server = ["/bin/sh", "-c", $"rmdir {gone}; exec \"$@\"", "sh", .. Tool.SmallServerCommand("leave=well")];

        Tool tool = await Tool.RunAsync(["rehearse", .. _quick, "--steady", "0.6", "--json", json, "--markdown", markdown, "--html", html, "--", .. server]);

        Assert.Equal(ExitCodes.Usage, tool.ExitCode);
        Assert.Contains($"--markdown '{markdown}' cannot be written", tool.Error);
        Assert.Contains("Verdict", tool.Out);
        Assert.Single(ReportFile.Read(json).Deployments);
        Assert.True(File.Exists(html));
    }

    private string PathOf(string name) => Path.Combine(_directory, name);
}
