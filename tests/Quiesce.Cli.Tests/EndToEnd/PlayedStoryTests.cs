using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>Stories, played on a program to which they happen: what the page says to look for is there, in one of a few deployments.</summary>
[Trait("Size", "Full")]
public sealed class PlayedStoryTests
{
    [Theory]
    [InlineData("S05", "notPassedOn", "/bin/sh", "-c", "\"$@\"; true", "sh")]
    [InlineData("S06", "noHandler")]
    public async Task A_story_that_happens_here_is_found(string story, string finding, params string[] front)
    {
        string[] lag = front.Length == 0 ? ["--endpoint-lag", "0.3..0.5"] : []; // docker's way has none
        string[] program = [.. front, .. Tool.SmallServerCommand("leave=unhandled")];

        (Tool tool, ReportDocument report) = await Tool.RehearseProgramAsync(["--story", story, "--deployments", "3", "--no-baselines", "--request", "GET /", .. lag], program);

        Assert.True(report.Findings.Any(found => found.Kind == finding), tool.Out + tool.Error);
        Assert.Contains($"Story {story}", tool.Out);
    }
}
