using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>The drain's deadline: work is cancelled, awaited, and named.</summary>
public sealed class CutTests
{
    [Theory]
    [MemberData(nameof(Clocks.Frequencies), MemberType = typeof(Clocks))]
    public async Task Cut_UnitEndsWhenCancelled_IsNamedAsEnded(long frequency)
    {
        // Arrange
        var shutdown = new ShutdownUnderTest(frequency);
        shutdown.Time.Advance(TimeSpan.FromSeconds(4));
        WorkLease lease = shutdown.BeginWork("GET /export");
        shutdown.Time.Advance(TimeSpan.FromSeconds(11));
        using CancellationTokenRegistration registration = shutdown.Coordinator.Aborting.Register(lease.Dispose);

        // Act
        shutdown.Begin();
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(15) + ShutdownUnderTest.Cut);
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        AbandonedWork unit = Assert.Single(report.Abandoned);
        Assert.Equal(("GET /export", true), (unit.Kind, unit.Ended));
        Assert.InRange(unit.Age.TotalSeconds, 31, 31.01);
        Assert.Equal(ShutdownExitCode.WorkAbandoned, report.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Clocks.Frequencies), MemberType = typeof(Clocks))]
    public async Task Cut_UnitIgnoresItsCancellation_IsLeftBehindBeforeRelease(long frequency)
    {
        // Arrange
        var shutdown = new ShutdownUnderTest(frequency);
        Probe probe = shutdown.Add("ledger");
        TaskCompletionSource releasing = probe.Release.Hold();
        shutdown.BeginWork("stuck");

        // Act
        shutdown.Begin();
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut + TimeSpan.FromSeconds(1)); // others wait: half of the hand-back share
        ShutdownContext release = await probe.Release.Entered;
        TimeSpan left = release.Remaining;
        releasing.SetResult();
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.False(Assert.Single(report.Abandoned).Ended);
        Assert.True(left > TimeSpan.FromSeconds(2.5), $"Release had only {left} left of its reserve.");
        Assert.Equal(ShutdownExitCode.WorkAbandoned, report.ExitCode);
    }

    [Fact]
    public async Task Cut_BeforeItsInstant_CancelsNothing()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        WorkLease lease = shutdown.BeginWork("row");
        shutdown.Begin();
        await shutdown.Time.WaitForTimerAsync(ShutdownUnderTest.Cut).WaitAsync(TestTimeouts.Hang);

        // Act
        shutdown.Time.Advance(ShutdownUnderTest.Cut - TimeSpan.FromMilliseconds(1));
        bool aborting = shutdown.Coordinator.Aborting.IsCancellationRequested;
        lease.Dispose();
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.False(aborting);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Cut_OthersWaitForAStuckParticipant_TheyStillDrainInTheHandBackShare()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe used = shutdown.Add("database");
        Probe stuck = shutdown.Add("consumer", "database");
        stuck.Drain.Hold();
        TaskCompletionSource handingBack = used.Drain.Hold();

        // Act
        shutdown.Begin();
        await stuck.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut + TimeSpan.FromSeconds(1));
        ShutdownContext context = await used.Drain.Entered;
        TimeSpan left = context.Remaining;
        handingBack.SetResult();
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.True(left > TimeSpan.FromSeconds(0.5), $"It had {left} left.");
        Assert.Contains(report.Participants, part => part is { Name: "database", Phase: ShutdownPhase.Drain, Outcome: StepOutcome.Completed });
        Assert.Contains(report.Participants, part => part is { Name: "consumer", Phase: ShutdownPhase.Drain, Outcome: StepOutcome.Abandoned });
    }

    [Theory]
    [MemberData(nameof(Clocks.Frequencies), MemberType = typeof(Clocks))]
    public async Task Cut_UserEndsBecauseOfIt_WhatItUsesBeginsWithAnUncancelledToken(long frequency)
    {
        // Arrange
        var shutdown = new ShutdownUnderTest(frequency);
        Probe used = shutdown.Add("database");
        Probe user = shutdown.Add("consumer", "database");
        user.Drain.UntilCancelled();
        bool cancelledAtOnce = true;
        used.Drain.Body = (_, token) =>
        {
            cancelledAtOnce = token.IsCancellationRequested;
            return Task.CompletedTask;
        };

        // Act
        shutdown.Begin();
        await user.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await shutdown.ReportAsync();

        // Assert
        Assert.False(cancelledAtOnce);
    }

    [Fact]
    public async Task Cut_StreamsAreOpen_AreNoAbandonedWork()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("producer");
        probe.Drain.UntilCancelled();
        shutdown.BeginWork("GET /events").MarkLongLived();

        // Act
        shutdown.Begin();
        await probe.Drain.Entered; // the stream does not hold the drain of others
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.Empty(report.Abandoned);
        Assert.Equal(1, report.InFlightAtSignal);
    }
}
