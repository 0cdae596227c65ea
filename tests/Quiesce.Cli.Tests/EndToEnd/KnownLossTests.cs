using System.Globalization;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>The tool finds what is there, all of it and nothing else. QUIESCE_REHEARSALS sets how often that is tried.</summary>
[Trait("Size", "Full")]
public sealed class KnownLossTests : IDisposable
{
    // As many as the tests' time allows; eng/soak asks for more.
    private const int Few = 2;

    private static readonly int _runs =
        Environment.GetEnvironmentVariable("QUIESCE_REHEARSALS") is { } runs ? int.Parse(runs, CultureInfo.InvariantCulture) : Few;

    private readonly string _directory = Directory.CreateTempSubdirectory("quiesce-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_server_that_loses_one_request_of_each_class_at_random_moments_is_counted_exactly()
    {
        for (int run = 1; run <= _runs; run++)
        {
            string file = Path.Combine(_directory, $"lost-{run}");
            (Tool tool, ReportDocument report) = await RehearseAsync("leave=well", $"lose={file}");

            Dictionary<string, int> lost = File.ReadAllLines(file).CountBy(static line => line).ToDictionary();
            Assert.Equal(PlannedLosses.Classes.Order(), lost.Keys.Order());
            Assert.All(PlannedLosses.Classes, kind => Assert.True(lost[kind] == Counted(report, kind), $"Run {run}, {kind}: {tool.Out}"));
            Assert.True(report.Requests.Refused == 0, $"Run {run}: {tool.Out}");
            Assert.Equal(lost.Values.Sum(), report.Losses.Count);
            Assert.Equal(lost.Values.Sum(), report.Findings.Sum(static finding => finding.Count));
        }
    }

    [Fact]
    public async Task A_server_that_loses_nothing_is_counted_as_losing_nothing()
    {
        for (int run = 1; run <= _runs; run++)
        {
            (Tool tool, ReportDocument report) = await RehearseAsync("leave=well");

            Assert.True(report.Requests.Failures == 0, $"Run {run}: {tool.Out}");
            Assert.True(report.Requests.Total > 0);
        }
    }

    private static int Counted(ReportDocument report, string kind) => kind switch
    {
        PlannedLosses.Reset => report.Requests.Reset,
        PlannedLosses.Truncated => report.Requests.Truncated,
        PlannedLosses.ServerError => report.Requests.ServerError,
        PlannedLosses.Unavailable => report.Requests.Unavailable,
        _ => report.Requests.Timeout,
    };

    // Baselines are another test's business. The client's limit is what the timeout waits for, and no whole answer may take as long.
    private static Task<(Tool Tool, ReportDocument Report)> RehearseAsync(params string[] server) => Tool.RehearseAsync(
        ["--no-baselines", "--balancer", "kube", "--endpoint-lag", "0.3..0.5", "--timeout", "3"], server);
}
