using System.Globalization;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>The tool finds what is there, all of it and nothing else.</summary>
/// <remarks>For eng/soak: QUIESCE_REHEARSALS sets how often that is tried, QUIESCE_LOSS the one class that is lost, and QUIESCE_RECORD a file that gets a
/// line for each rehearsal: how many were lost, how many were counted, how many requests there were.</remarks>
[Trait("Size", "Full")]
public sealed class KnownLossTests : IDisposable
{
    // As many as the tests' time allows; eng/soak asks for more.
    private const int Few = 2;

    private static readonly int _runs =
        Environment.GetEnvironmentVariable("QUIESCE_REHEARSALS") is { } runs ? int.Parse(runs, CultureInfo.InvariantCulture) : Few;

    private static readonly string? _only = Environment.GetEnvironmentVariable("QUIESCE_LOSS");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_loses_requests_at_random_moments_is_counted_exactly()
    {
        for (int run = 1; run <= _runs; run++)
        {
            string file = _folder[$"lost-{run}"];
            (Tool tool, ReportDocument report) = await RehearseAsync(["leave=well", $"lose={file}", .. _only is null ? Array.Empty<string>() : [$"class={_only}"]]);

            Dictionary<string, int> lost = File.ReadAllLines(file).CountBy(static line => line).ToDictionary();
            Assert.Equal(_only is null ? PlannedLosses.Classes.Order() : [_only], lost.Keys.Order());
            Assert.All(PlannedLosses.Classes, kind => Assert.True(lost.GetValueOrDefault(kind) == Counted(report, kind), $"Run {run}, {kind}: {tool.Out}"));
            Assert.True(report.Requests.Refused == 0, $"Run {run}: {tool.Out}");
            Assert.Equal(lost.Values.Sum(), report.Losses.Count);
            Assert.Equal(lost.Values.Sum(), report.Findings.Sum(static finding => finding.Count));
            Record(lost.Values.Sum(), report.Requests.Failures, report);
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
            Record(0, report.Requests.Failures, report);
        }
    }

    // A program does not know how many connections were refused to it. The kernel does: in a network of its own, nobody else adds to its count.
    [Fact]
    public async Task A_server_that_closes_its_listener_too_early_is_counted_as_the_kernel_counts()
    {
        await LonelyNetwork.RequireOrSkipAsync();
        for (int run = 1; run <= (_only is null ? 1 : _runs); run++)
        {
            string json = _folder[$"refused-{run}.json"];
            string[] options = ["--deployments", "2", "--steady", "0.6", "--rate", "150", "--ready", "line:listening", "--request", "GET /", "--json", json, .. _options];

            int refused = await LonelyNetwork.CountRefusedAsync(
                [Path.Combine(AppContext.BaseDirectory, "quiesce"), "rehearse", .. options, "--", .. Tool.SmallServerCommand("leave=early")]);

            ReportDocument report = ReportFile.Read(json);
            Assert.True(refused > 0);
            Assert.Equal(refused, report.Requests.Refused);
            Record(refused, report.Requests.Refused, report);
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
    private static readonly string[] _options = ["--no-baselines", "--balancer", "kube", "--endpoint-lag", "0.3..0.5", "--timeout", "3"];

    private static Task<(Tool Tool, ReportDocument Report)> RehearseAsync(params string[] server) => Tool.RehearseAsync(_options, server);

    private static void Record(int lost, int counted, ReportDocument report)
    {
        if (Environment.GetEnvironmentVariable("QUIESCE_RECORD") is { } file) { File.AppendAllText(file, $"{lost} {counted} {report.Requests.Total}\n"); }
    }
}
