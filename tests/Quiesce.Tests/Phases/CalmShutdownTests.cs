using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Shutdowns in which everybody does what was asked.</summary>
public sealed class CalmShutdownTests
{
    [Fact]
    public async Task Shutdown_NobodyHasAPart_CompletesWithCodeZero()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();

        // Act
        ShutdownReport report = await shutdown.StopAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Equal([ShutdownPhase.StopAccepting, ShutdownPhase.Drain, ShutdownPhase.Release], report.Phases.Select(phase => phase.Phase));
    }

    [Fact]
    public async Task Shutdown_StepsAreHeld_PhasesFollowEachOtherOneWay()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("probe");
        TaskCompletionSource accepting = probe.StopAccepting.Hold();
        TaskCompletionSource draining = probe.Drain.Hold();
        TaskCompletionSource releasing = probe.Release.Hold();
        List<ShutdownPhase> seen = [shutdown.Coordinator.Phase];

        // Act
        shutdown.Begin();
        foreach ((ProbeStep step, TaskCompletionSource release) in
            new[] { (probe.StopAccepting, accepting), (probe.Drain, draining), (probe.Release, releasing) })
        {
            await step.Entered;
            seen.Add(shutdown.Coordinator.Phase);
            release.SetResult();
        }

        await shutdown.ReportAsync();
        seen.Add(shutdown.Coordinator.Phase);

        // Assert
        Assert.Equal(Enum.GetValues<ShutdownPhase>(), seen);
    }

    [Fact]
    public async Task StopAccepting_SeveralSources_AllAreShutAtOnce()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe[] probes = [.. Enumerable.Range(0, 5).Select(i => shutdown.Add($"source {i}"))];
        TaskCompletionSource[] held = [.. probes.Select(probe => probe.StopAccepting.Hold())];

        // Act
        shutdown.Begin();
        await Task.WhenAll(probes.Select(probe => probe.StopAccepting.Entered)); // each began while the others are held

        // Assert
        Assert.Equal(ShutdownPhase.StopAccepting, shutdown.Coordinator.Phase);
        Array.ForEach(held, source => source.SetResult());
        Assert.Equal(ShutdownExitCode.Clean, (await shutdown.ReportAsync()).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Clocks.Frequencies), MemberType = typeof(Clocks))]
    public async Task Drain_LastUnitEnds_EndsWithoutTheClock(long frequency)
    {
        // Arrange
        var shutdown = new ShutdownUnderTest(frequency);
        WorkLease first = shutdown.BeginWork("row");
        WorkLease second = shutdown.BeginWork("row");
        var draining = Completion.New();
        using CancellationTokenRegistration registration = shutdown.Coordinator.Draining.Register(draining.SetResult);

        // Act
        shutdown.Begin();
        await draining.Task.WaitAsync(TestTimeouts.Hang);
        first.Dispose();
        bool completedWithOneLeft = shutdown.Coordinator.Completion.IsCompleted;
        second.Dispose();
        ShutdownReport report = await shutdown.ReportAsync(); // the clock has not moved

        // Assert
        Assert.False(completedWithOneLeft);
        Assert.Equal((2, TimeSpan.Zero, ShutdownExitCode.Clean), (report.InFlightAtSignal, report.Duration, report.ExitCode));
        Assert.Empty(report.Abandoned);
        Assert.False(shutdown.Coordinator.Aborting.IsCancellationRequested);
    }

    [Fact]
    public async Task Drain_HasBegun_RefusesNewWorkAndAdmitsTheChildrenOfLivingWork()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        WorkLease parent = shutdown.BeginWork("order");
        var draining = Completion.New();
        using CancellationTokenRegistration registration = shutdown.Coordinator.Draining.Register(draining.SetResult);

        // Act
        shutdown.Begin();
        await draining.Task.WaitAsync(TestTimeouts.Hang);
        bool root = shutdown.Coordinator.Work.TryBegin("order", out _);
        bool child = shutdown.Coordinator.Work.TryBegin("e-mail", parent, out WorkLease lease);
        parent.Dispose();
        bool completedWithChild = shutdown.Coordinator.Completion.IsCompleted;
        bool orphan = shutdown.Coordinator.Work.TryBegin("e-mail", parent, out _);
        lease.Dispose();
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.Equal((false, true, false, false), (root, child, completedWithChild, orphan));
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task TryBegin_SecondCall_ChangesNothing()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("probe");
        TaskCompletionSource held = probe.StopAccepting.Hold();
        shutdown.Begin("SIGTERM");
        await probe.StopAccepting.Entered;
        shutdown.Time.Advance(TimeSpan.FromSeconds(1));

        // Act
        bool begun = shutdown.Coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Request, "again"), shutdown.Time.GetTimestamp());
        held.SetResult();
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.False(begun);
        Assert.Equal("SIGTERM", report.Reason.Text);
        Assert.Equal(TimeSpan.FromSeconds(1), report.Duration); // still measured from the first
    }

    [Fact]
    public async Task Shutdown_SignalWasEarlier_IsMeasuredFromTheSignal()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("probe");
        TaskCompletionSource held = probe.Drain.Hold();
        long signalledAt = shutdown.Time.GetTimestamp();
        shutdown.Time.Advance(TimeSpan.FromSeconds(12));

        // Act
        shutdown.Coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), signalledAt);
        ShutdownContext context = await probe.Drain.Entered;

        // Assert
        Assert.Equal(ShutdownUnderTest.Cut - TimeSpan.FromSeconds(12), context.Remaining);
        held.SetResult();
        await shutdown.ReportAsync();
    }
}
