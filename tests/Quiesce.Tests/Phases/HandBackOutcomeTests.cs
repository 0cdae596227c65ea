using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>What became of a unit is known whatever else happens: one that hangs, a record that is used again, work that comes later.</summary>
public sealed class HandBackOutcomeTests : HandBackScenario
{
    [Fact]
    public async Task Cut_RecordOfADoneUnitIsUsedAgain_TheReportStillSaysThatItWasDone()
    {
        // Arrange
        WorkLease parent = Begin(static _ => Task.CompletedTask);
        WorkLease done = Begin(static _ => Task.CompletedTask);
        WorkLease nested = default;
        using CancellationTokenRegistration ends = Shutdown.Coordinator.Aborting.Register(() =>
        {
            Assert.True(done.TryComplete());
            done.Dispose();
            Assert.True(Shutdown.Coordinator.Work.TryBegin("nested", parent, out nested));
            nested.Dispose();
            parent.Dispose();
        });

        // Act
        Shutdown.Begin();
        await CutAsync();
        ShutdownReport report = await Shutdown.ReportAsync();

        // Assert
        Assert.Equal([WorkOutcome.Completed, WorkOutcome.HandedBack], report.Abandoned.Select(static unit => unit.Outcome).Order());
    }

    [Fact]
    public async Task Cut_WorkBeginsWorkAfterIt_WhatIsLeftBehindIsNamed()
    {
        // Arrange
        var begun = Completion.New();
        WorkLease parent = Begin(static _ => Task.CompletedTask);
        using CancellationTokenRegistration ends = Shutdown.Coordinator.Aborting.Register(() =>
        {
            Assert.True(Shutdown.Coordinator.Work.TryBegin("nested", parent, out _));
            parent.Dispose();
            begun.SetResult();
        });

        // Act
        Shutdown.Begin();
        await CutAsync(ignored: true);
        await begun.Task.OrHang();
        await Shutdown.AdvanceToTimerAsync(AbandonedAt);
        ShutdownReport report = await Shutdown.ReportAsync();

        // Assert
        Assert.Equal([("message", true), ("nested", false)], report.Abandoned.Select(static unit => (unit.Kind, unit.Ended)).Order());
    }

    [Fact]
    public async Task HandBack_HasBegun_TheUnitIsToldThatItIsNotDone()
    {
        // Arrange
        var (entered, finish) = (Completion.New(), Completion.New());
        WorkLease lease = Begin(_ =>
        {
            entered.SetResult();
            return finish.Task;
        });

        // Act
        Shutdown.Begin();
        await CutAsync(ignored: true);
        await Shutdown.AdvanceToTimerAsync(TakenBackAt);
        await entered.Task.WaitAsync(TestTimeouts.Hang);
        bool done = lease.TryComplete();
        lease.Dispose();
        bool drained = Shutdown.Coordinator.Work.Drained.IsCompleted;
        finish.SetResult();
        ShutdownReport report = await Shutdown.ReportAsync();

        // Assert
        Assert.False(done);
        Assert.False(drained, "The drain did not wait for the callback of a unit that had ended.");
        Assert.Equal((WorkOutcome.HandedBack, true), Outcome(report));
    }

    [Fact]
    public async Task HandBack_OneThrows_TheOtherIsHandedBackAndBothAreNamed()
    {
        // Arrange
        WorkLease[] leases = [Begin(static _ => throw new InvalidOperationException("broker gone")), Begin(static _ => Task.CompletedTask)];
        using CancellationTokenRegistration ends = Shutdown.Coordinator.Aborting.Register(() => Array.ForEach(leases, static lease => lease.Dispose()));

        // Act
        Shutdown.Begin();
        await CutAsync();
        ShutdownReport report = await Shutdown.ReportAsync();

        // Assert
        Assert.Equal([WorkOutcome.HandedBack, WorkOutcome.HandBackFailed], report.Abandoned.Select(static unit => unit.Outcome).Order());
        Assert.Contains("1 were handed back. 1 could not be handed back.", ReportText.Summarize(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandBack_Hangs_IsAskedToEndAndLeftBehind()
    {
        // Arrange
        var (asked, never) = (Completion.New(), Completion.New());
        Begin(token =>
        {
            token.Register(asked.SetResult);
            return never.Task;
        });

        // Act
        Shutdown.Begin();
        await CutAsync(ignored: true);
        await Shutdown.AdvanceToTimerAsync(TakenBackAt);
        await Shutdown.AdvanceToTimerAsync(LimitAt);
        await asked.Task.WaitAsync(TestTimeouts.Hang);
        await Shutdown.AdvanceToTimerAsync(AbandonedAt);

        // Assert
        Assert.Equal((WorkOutcome.HandBackFailed, false), Outcome(await Shutdown.ReportAsync()));
    }

    [Fact]
    public void Complete_LeaseIsStale_DecidesNothingAboutTheNextUnit()
    {
        WorkLease stale = Begin(static _ => Task.CompletedTask);
        stale.Dispose();
        WorkLease next = Begin(static _ => Task.CompletedTask);

        Assert.False(stale.TryComplete());
        Assert.True(next.TryComplete());
        Assert.False(next.TryComplete());
    }
}
