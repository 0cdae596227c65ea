using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>What the cut caught is handed back: once, unless it is done.</summary>
public sealed class HandBackTests
{
    // The work has half of the hand-back share of 2 s: half of that to end, the rest for the callbacks.
    private static readonly TimeSpan _takenBackAt = ShutdownUnderTest.Cut + TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan _limitAt = ShutdownUnderTest.Cut + TimeSpan.FromSeconds(0.9);
    private static readonly TimeSpan _abandonedAt = ShutdownUnderTest.Cut + TimeSpan.FromSeconds(1);

    private readonly ShutdownUnderTest _shutdown = new();
    private readonly Probe _queue;

    // Somebody waits for the work: it has half of the hand-back share.
    public HandBackTests() => _queue = _shutdown.Add("queue");

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
        using CancellationTokenRegistration ends = _shutdown.Coordinator.Aborting.Register(lease.Dispose);

        // Act
        _shutdown.Begin();
        await CutAsync();
        await entered.Task.WaitAsync(TestTimeouts.Hang);
        bool tooEarly = _queue.Drain.HasBegun;
        finish.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

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
        _shutdown.Begin();
        await CutAsync(ignored: true);
        bool tooEarly = handedBack.Task.IsCompleted;
        await _shutdown.AdvanceToTimerAsync(_takenBackAt);
        await handedBack.Task.WaitAsync(TestTimeouts.Hang);
        await _shutdown.AdvanceToTimerAsync(_abandonedAt);
        ShutdownReport report = await _shutdown.ReportAsync();

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
        using CancellationTokenRegistration begun = _shutdown.Coordinator.Draining.Register(draining.SetResult);
        _shutdown.Begin();
        await draining.Task.WaitAsync(TestTimeouts.Hang);

        // Act: the clock stands at the signal, so the hand-back share begins there
        _shutdown.Coordinator.SkipDrain();
        await _shutdown.Time.WaitForTimerAsync(_abandonedAt - ShutdownUnderTest.Cut).OrHang();
        await _shutdown.AdvanceToTimerAsync(_takenBackAt - ShutdownUnderTest.Cut);
        await handedBack.Task.WaitAsync(TestTimeouts.Hang);
        await _shutdown.AdvanceToTimerAsync(_abandonedAt - ShutdownUnderTest.Cut);

        // Assert
        Assert.Equal((WorkOutcome.HandedBack, false), Outcome(await _shutdown.ReportAsync()));
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
        using CancellationTokenRegistration ends = _shutdown.Coordinator.Aborting.Register(() =>
        {
            done = lease.TryComplete();
            lease.Dispose();
        });

        // Act
        _shutdown.Begin();
        await CutAsync();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.True(done);
        Assert.False(handedBack);
        Assert.Equal((WorkOutcome.Completed, true), Outcome(report));
    }

    [Fact]
    public async Task Cut_RecordOfADoneUnitIsUsedAgain_TheReportStillSaysThatItWasDone()
    {
        // Arrange
        WorkLease parent = Begin(static _ => Task.CompletedTask);
        WorkLease done = Begin(static _ => Task.CompletedTask);
        WorkLease nested = default;
        using CancellationTokenRegistration ends = _shutdown.Coordinator.Aborting.Register(() =>
        {
            Assert.True(done.TryComplete());
            done.Dispose();
            Assert.True(_shutdown.Coordinator.Work.TryBegin("nested", parent, out nested));
            nested.Dispose();
            parent.Dispose();
        });

        // Act
        _shutdown.Begin();
        await CutAsync();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.Equal([WorkOutcome.Completed, WorkOutcome.HandedBack], report.Abandoned.Select(static unit => unit.Outcome).Order());
    }

    [Fact]
    public async Task Cut_WorkBeginsWorkAfterIt_WhatIsLeftBehindIsNamed()
    {
        // Arrange
        var begun = Completion.New();
        WorkLease parent = Begin(static _ => Task.CompletedTask);
        using CancellationTokenRegistration ends = _shutdown.Coordinator.Aborting.Register(() =>
        {
            Assert.True(_shutdown.Coordinator.Work.TryBegin("nested", parent, out _));
            parent.Dispose();
            begun.SetResult();
        });

        // Act
        _shutdown.Begin();
        await CutAsync(ignored: true);
        await begun.Task.OrHang();
        await _shutdown.AdvanceToTimerAsync(_abandonedAt);
        ShutdownReport report = await _shutdown.ReportAsync();

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
        _shutdown.Begin();
        await CutAsync(ignored: true);
        await _shutdown.AdvanceToTimerAsync(_takenBackAt);
        await entered.Task.WaitAsync(TestTimeouts.Hang);
        bool done = lease.TryComplete();
        lease.Dispose();
        bool drained = _shutdown.Coordinator.Work.Drained.IsCompleted;
        finish.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

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
        using CancellationTokenRegistration ends = _shutdown.Coordinator.Aborting.Register(() => Array.ForEach(leases, static lease => lease.Dispose()));

        // Act
        _shutdown.Begin();
        await CutAsync();
        ShutdownReport report = await _shutdown.ReportAsync();

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
        _shutdown.Begin();
        await CutAsync(ignored: true);
        await _shutdown.AdvanceToTimerAsync(_takenBackAt);
        await _shutdown.AdvanceToTimerAsync(_limitAt);
        await asked.Task.WaitAsync(TestTimeouts.Hang);
        await _shutdown.AdvanceToTimerAsync(_abandonedAt);

        // Assert
        Assert.Equal((WorkOutcome.HandBackFailed, false), Outcome(await _shutdown.ReportAsync()));
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

    /// <summary>Moves the clock to the cut; a unit that ignores it is waited for by then.</summary>
    private async Task CutAsync(bool ignored = false)
    {
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        if (ignored) { await _shutdown.Time.WaitForTimerAsync(_abandonedAt).WaitAsync(TestTimeouts.Hang); }
    }

    private static (WorkOutcome Outcome, bool Ended) Outcome(ShutdownReport report)
    {
        AbandonedWork unit = Assert.Single(report.Abandoned);
        return (unit.Outcome, unit.Ended);
    }

    private WorkLease Begin(Func<CancellationToken, Task> handBack)
    {
        Assert.True(_shutdown.Coordinator.Work.TryBegin("message", handBack, out WorkLease lease));
        return lease;
    }
}
