using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Where a shutdown stands can be seen at any instant, and heard of without polling.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void Progress_NothingIsStopping_IsNone() => Assert.Null(new ShutdownUnderTest().Coordinator.Progress);

    [Fact]
    public async Task Progress_StepsAreRunning_NamesThemWithTheirBeginAndLimit()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe ledger = shutdown.Add("ledger");
        TaskCompletionSource release = ledger.StopAccepting.Hold();

        // Act
        shutdown.Begin();
        await ledger.StopAccepting.Entered;
        shutdown.Time.Advance(TimeSpan.FromSeconds(4));
        ShutdownProgress progress = shutdown.Coordinator.Progress!;
        release.SetResult();

        // Assert
        RunningStep step = Assert.Single(progress.Running);
        Assert.Equal(("ledger", ShutdownPhase.StopAccepting, TimeSpan.Zero, ShutdownUnderTest.Cut / 2), (step.Name, step.Phase, step.BeganAt, step.LimitAt));
        Assert.Equal((ShutdownPhase.StopAccepting, TimeSpan.FromSeconds(4), ShutdownUnderTest.End - TimeSpan.FromSeconds(4)), (progress.Phase, progress.Elapsed, progress.Remaining));
    }

    [Fact]
    public async Task Progress_WorkIsInFlight_CountsItAndNamesTheOldest()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        using WorkLease oldest = shutdown.BeginWork("GET /export");
        shutdown.Time.Advance(TimeSpan.FromSeconds(7));
        using WorkLease youngest = shutdown.BeginWork("row");

        // Act
        shutdown.Begin();
        ShutdownProgress progress = shutdown.Coordinator.Progress!;
        oldest.Dispose();
        youngest.Dispose();
        await shutdown.ReportAsync();

        // Assert
        Assert.Equal((2, "GET /export", TimeSpan.FromSeconds(7)), (progress.InFlight, progress.Oldest?.Kind, progress.Oldest?.Age));
    }

    [Fact]
    public async Task Progress_ShutdownHasEnded_WaitsForNothing()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        shutdown.Add("ledger");

        // Act
        await shutdown.StopAsync();

        // Assert
        ShutdownProgress progress = shutdown.Coordinator.Progress!;
        Assert.Equal((ShutdownPhase.Exit, 0), (progress.Phase, progress.InFlight));
        Assert.Empty(progress.Running);
    }

    [Fact]
    public async Task ProgressChanged_AwaitedBeforeEachLook_SeesEveryPhase()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe ledger = shutdown.Add("ledger");
        ProbeStep[] steps = [ledger.StopAccepting, ledger.Drain, ledger.Release];
        Queue<TaskCompletionSource> holds = new(steps.Select(static step => step.Hold()));
        List<ShutdownPhase> seen = [];

        // Act: each step ends when the listener has seen it, so a change that is missed hangs the test
        shutdown.Begin();
        while (!shutdown.Coordinator.Completion.IsCompleted)
        {
            Task changed = shutdown.Coordinator.ProgressChanged;
            if (shutdown.Coordinator.Progress is { Running: [{ Name: "ledger" } step, ..] } && !seen.Contains(step.Phase))
            {
                seen.Add(step.Phase);
                holds.Dequeue().SetResult();
            }

            await Task.WhenAny(changed, shutdown.Coordinator.Completion).WaitAsync(TestTimeouts.Hang);
        }

        // Assert
        Assert.Equal([ShutdownPhase.StopAccepting, ShutdownPhase.Drain, ShutdownPhase.Release], seen);
    }

    [Fact]
    public async Task ProgressChanged_ListenerBlocks_HoldsNothingUp()
    {
        // Arrange
        using var unblock = new ManualResetEventSlim();
        var shutdown = new ShutdownUnderTest();
        shutdown.Add("ledger");
        _ = shutdown.Coordinator.ProgressChanged.ContinueWith(
            _ => unblock.Wait(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        // Act: on a thread of its own, because the caller is the first whom a listener could hold up
        Task<ShutdownReport> stopping = Task.Run(shutdown.StopAsync).WaitAsync(TestTimeouts.Hang);
        Task ended = await Task.WhenAny(stopping, Task.Delay(TestTimeouts.Hang / 2, TimeProvider.System));
        unblock.Set();

        // Assert
        Assert.Same(stopping, ended);
    }
}
