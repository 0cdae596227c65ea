using System.Xml.Linq;
using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>Every result of one rehearsal, through the command.</summary>
[Trait("Size", "Full")]
public sealed class OutputTests : IDisposable
{
    // One deployment, without the baselines: they are other tests' business.
    private static readonly string[] _quick = ["--balancer", "kube", "--endpoint-lag", "0.3..0.5", "--deployments", "1", "--no-baselines"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_results_that_were_asked_for_are_there()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            [.. _quick, "--junit", _folder["r.xml"], "--markdown", _folder["r.md"], "--html", _folder["r.html"], "--log", _folder["logs"], "--title", "All of them"], "leave=well");

        Assert.Equal("All of them", report.Title);
        Assert.Contains("All of them", tool.Out);
        Assert.Contains("All of them", XDocument.Load(_folder["r.xml"]).ToString());
        Assert.Contains("All of them", File.ReadAllText(_folder["r.md"]));
        Assert.StartsWith("<!doctype html>", File.ReadAllText(_folder["r.html"]), StringComparison.OrdinalIgnoreCase);
        Assert.All(Directory.GetFiles(_folder["logs"]), static log => Assert.StartsWith("listening, process ", File.ReadAllText(log)));
        Assert.Equal(2, Directory.GetFiles(_folder["logs"]).Length);
        Assert.Equal(["logs", "r.html", "r.md", "r.xml"], _folder.Files.Order());
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_takes_no_other_away()
    {
        // Arrange: the program takes the directory of one of them away.
        string gone = Directory.CreateDirectory(_folder["gone"]).FullName, markdown = Path.Combine(gone, "r.md"), json = _folder["r.json"], html = _folder["r.html"];
        string[] server = ["/bin/sh", "-c", $"rmdir {gone}; exec \"$@\"", "sh", .. Tool.SmallServerCommand("leave=well")];

        Tool tool = await Tool.RunAsync(["rehearse", .. _quick, "--steady", "0.6", "--json", json, "--markdown", markdown, "--html", html, "--", .. server]);

        Assert.Equal(ExitCodes.Usage, tool.ExitCode);
        Assert.Contains($"--markdown '{markdown}' cannot be written", tool.Error);
        Assert.Contains("Verdict", tool.Out);
        Assert.Single(ReportFile.Read(json).Deployments);
        Assert.True(File.Exists(html));
    }
}
