using System.Diagnostics;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Telemetry;

public sealed class ShutdownTraceTests
{
    [Fact]
    public async Task Trace_OfAShutdown_IsOneTreeOfPhasesAndStepsAtTheirTimes()
    {
        // Arrange
        var spans = new List<Activity>();
        using ActivityListener listener = Listen(span => { lock (spans) { spans.Add(span); } });
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("traced ledger");
        TaskCompletionSource release = probe.Release.Hold();

        // Act
        shutdown.Begin();
        await probe.Release.Entered;
        shutdown.Time.Advance(TimeSpan.FromSeconds(2));
        release.SetException(new IOException(Reports.Secret));
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Activity[] all = InLock(spans);
        Activity step = Assert.Single(all, static span => span is { DisplayName: "traced ledger" } && span.GetTagItem("quiesce.participant.outcome") is "Failed");
        Activity phase = Assert.Single(all, span => span.SpanId == step.ParentSpanId);
        Activity whole = Assert.Single(all, span => span.SpanId == phase.ParentSpanId);
        Assert.Equal(("shutdown", "Release", default), (whole.DisplayName, phase.DisplayName, whole.ParentSpanId));
        Assert.Equal(81, whole.GetTagItem("quiesce.shutdown.exit_code"));
        Assert.Equal((ActivityStatusCode.Error, "IOException", TimeSpan.FromSeconds(2)), (step.Status, step.GetTagItem("error.type"), step.Duration));
        Assert.Equal(report.SignalledAt.UtcDateTime, whole.StartTimeUtc);
        Assert.Equal(3, all.Count(span => span.ParentSpanId == whole.SpanId));
        Assert.DoesNotContain(all.SelectMany(static span => span.TagObjects), static tag => tag.Value is string text && text.Contains(Reports.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trace_ListenerBlocks_IsLeftBehindAtTheLimit()
    {
        // Arrange
        using var unblock = new ManualResetEventSlim();
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("blocks its listener");
        using ActivityListener listener = Listen(span =>
        {
            if (span.DisplayName == "blocks its listener") { unblock.Wait(); }
        });

        // Act
        shutdown.Begin();
        await probe.Release.Entered; // the clock has not moved
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.EnforceAt / 2);
        ShutdownReport report = await shutdown.ReportAsync();
        unblock.Set();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    private static ActivityListener Listen(Action<Activity> stopped)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Quiesce",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Other tests' shutdowns are heard too, on their own threads.</summary>
    private static Activity[] InLock(List<Activity> spans)
    {
        lock (spans) { return [.. spans]; }
    }
}
