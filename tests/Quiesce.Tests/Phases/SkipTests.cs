using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>A person who does not want to wait.</summary>
public sealed class SkipTests
{
    [Fact]
    public async Task SkipStopAccepting_AnnounceIsRunning_EndsItAndDrainsOn()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("announce");
        probe.StopAccepting.UntilCancelled();
        TaskCompletionSource draining = probe.Drain.Hold();
        shutdown.Begin();
        await probe.StopAccepting.Entered;

        // Act
        shutdown.Coordinator.SkipStopAccepting();
        await probe.Drain.Entered; // the clock has not moved

        // Assert
        Assert.False(shutdown.Coordinator.Aborting.IsCancellationRequested);
        draining.SetResult();
        await shutdown.ReportAsync();
    }

    [Fact]
    public async Task SkipDrain_WhileDraining_CancelsAwaitsAndReleases()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("ledger");
        WorkLease lease = shutdown.BeginWork("long");
        using CancellationTokenRegistration registration = shutdown.Coordinator.Aborting.Register(lease.Dispose);
        var draining = Completion.New();
        using CancellationTokenRegistration begun = shutdown.Coordinator.Draining.Register(draining.SetResult);
        shutdown.Begin();
        await draining.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        shutdown.Coordinator.SkipDrain();
        ShutdownReport report = await shutdown.ReportAsync(); // the clock has not moved

        // Assert
        Assert.True(Assert.Single(report.Abandoned).Ended);
        Assert.True(probe.Release.HasBegun);
    }

    [Fact]
    public async Task SkipDrain_ManyAreStuck_ShareOneHandBackShare()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe last = shutdown.Add("last");
        Probe middle = shutdown.Add("middle", "last");
        Probe first = shutdown.Add("first", "middle");
        foreach (Probe probe in new[] { first, middle, last }) { probe.Drain.Hold(); }

        TaskCompletionSource releasing = first.Release.Hold();
        shutdown.Begin();
        await first.Drain.Entered;

        // Act: from now on there are 2 s for all of them
        shutdown.Coordinator.SkipDrain();
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(1));
        await middle.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(1.45));
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(1.5));
        await last.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(1.95));
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(2));
        ShutdownContext release = await first.Release.Entered;
        TimeSpan elapsed = release.Deadline.Elapsed;
        releasing.SetResult();

        // Assert
        Assert.True(elapsed < TimeSpan.FromSeconds(2.1), $"Release began after {elapsed}.");
        await shutdown.ReportAsync();
    }
}
