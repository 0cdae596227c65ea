using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>What the cut caught is handed back: once, unless it is done.</summary>
public sealed class HandBackTests : HandBackScenario
{
    [Fact]
    public async Task Cut_UnitEndsWhenCancelled_IsHandedBackAndTheDrainWaitsForIt()
    {
        // Arrange
        var (entered, finish) = (Completion.New(), Completion.New());
        WorkLease lease = Begin(_ =>
        {
            entered.SetResult();
            return finish.Task;
        });
        using CancellationTokenRegistration ends = Shutdown.Coordinator.Aborting.Register(lease.Dispose);

        // Act
        Shutdown.Begin();
        await CutAsync();
        await entered.Task.WaitAsync(TestTimeouts.Hang);
        bool tooEarly = Queue.Drain.HasBegun;
        finish.SetResult();
        ShutdownReport report = await Shutdown.ReportAsync();

        // Assert
        Assert.False(tooEarly);
        Assert.Equal((WorkOutcome.HandedBack, true), Outcome(report));
        Assert.Equal(ShutdownExitCode.WorkAbandoned, report.ExitCode);
    }

    [Fact]
    public async Task Cut_UnitIgnoresItsCancellation_IsHandedBackWhileItRuns()
    {
        // Arrange
        var handedBack = Completion.New();
        Begin(_ =>
        {
            handedBack.SetResult();
            return Task.CompletedTask;
        });

        // Act
        Shutdown.Begin();
        await CutAsync(ignored: true);
        bool tooEarly = handedBack.Task.IsCompleted;
        await Shutdown.AdvanceToTimerAsync(TakenBackAt);
        await handedBack.Task.WaitAsync(TestTimeouts.Hang);
        await Shutdown.AdvanceToTimerAsync(AbandonedAt);
        ShutdownReport report = await Shutdown.ReportAsync();

        // Assert
        Assert.False(tooEarly);
        Assert.False(Outcome(report).Ended);
    }

    [Fact]
    public async Task SkipDrain_UnitIgnoresItsCancellation_IsHandedBackWhileItRuns()
    {
        // Arrange
        var handedBack = Completion.New();
        Begin(_ =>
        {
            handedBack.SetResult();
            return Task.CompletedTask;
        });
        var draining = Completion.New();
        using CancellationTokenRegistration begun = Shutdown.Coordinator.Draining.Register(draining.SetResult);
        Shutdown.Begin();
        await draining.Task.WaitAsync(TestTimeouts.Hang);

        // Act: the clock stands at the signal, so the hand-back share begins there
        Shutdown.Coordinator.SkipDrain();
        await Shutdown.Time.WaitForTimerAsync(AbandonedAt - ShutdownUnderTest.Cut).OrHang();
        await Shutdown.AdvanceToTimerAsync(TakenBackAt - ShutdownUnderTest.Cut);
        await handedBack.Task.WaitAsync(TestTimeouts.Hang);
        await Shutdown.AdvanceToTimerAsync(AbandonedAt - ShutdownUnderTest.Cut);

        // Assert
        Assert.Equal((WorkOutcome.HandedBack, false), Outcome(await Shutdown.ReportAsync()));
    }

    [Fact]
    public async Task Cut_UnitIsDoneAfterAll_IsNotHandedBack()
    {
        // Arrange
        bool handedBack = false;
        WorkLease lease = Begin(_ =>
        {
            handedBack = true;
            return Task.CompletedTask;
        });
        bool done = false;
        using CancellationTokenRegistration ends = Shutdown.Coordinator.Aborting.Register(() =>
        {
            done = lease.TryComplete();
            lease.Dispose();
        });

        // Act
        Shutdown.Begin();
        await CutAsync();
        ShutdownReport report = await Shutdown.ReportAsync();

        // Assert
        Assert.True(done);
        Assert.False(handedBack);
        Assert.Equal((WorkOutcome.Completed, true), Outcome(report));
    }

    [Fact]
    public void Unit_EndsBeforeTheCut_IsNotHandedBack()
    {
        bool handedBack = false;
        WorkLease lease = Begin(_ =>
        {
            handedBack = true;
            return Task.CompletedTask;
        });

        lease.Dispose();

        Assert.False(handedBack);
    }
}
