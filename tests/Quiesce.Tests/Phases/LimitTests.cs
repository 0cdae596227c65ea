using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>What an explicit limit does: it bounds its own step, and in Release those before it leave that much.</summary>
public sealed class LimitTests
{
    private readonly ShutdownUnderTest _shutdown = new();

    [Fact]
    public async Task Release_TwoAreStuckBeforeOneWithALimit_ItHasAllOfIt()
    {
        // Arrange
        Probe ledger = Add("ledger", ShutdownPhase.Release, 3);
        Probe second = _shutdown.Add("second");
        Probe first = _shutdown.Add("first");
        foreach (Probe stuck in (Probe[])[first, second]) { stuck.Release.Hold(); }

        TaskCompletionSource writing = ledger.Release.Hold();

        // Act: Release begins at 22 s and ends at 27 s
        BeginLate();
        await GiveUpAsync(22, 1); // half of 5 s less the 3 s that are promised
        await GiveUpAsync(23, 0.5);
        TimeSpan left = (await ledger.Release.Entered).Remaining;
        writing.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.InRange(left.TotalSeconds, 2.69, 2.7); // it is asked to end after nine tenths of its 3 s
        Assert.Equal(
            ["first", "second"],
            report.Participants.Where(static part => part is { Phase: ShutdownPhase.Release, Outcome: StepOutcome.Abandoned }).Select(static part => part.Name));
    }

    [Fact]
    public async Task Release_OneIgnoresItsLimit_IsGivenUpAtIt()
    {
        // Arrange: half of what remains would be 2.5 s
        _shutdown.Add("log");
        Add("ledger", ShutdownPhase.Release, 1).Release.Hold();

        // Act
        BeginLate();
        await GiveUpAsync(22, 1);
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.Equal(StepOutcome.Abandoned, report.Participants.Single(static part => part is { Name: "ledger", Phase: ShutdownPhase.Release }).Outcome);
    }

    [Fact]
    public async Task Drain_LimitEndsBeforeTheCut_IsAskedToEndThen()
    {
        // Arrange: not 10 s, whose nine tenths are also StopAccepting's
        Add("consumer", ShutdownPhase.Drain, 5).Drain.UntilCancelled();

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(4.5));
        ShutdownReport report = await _shutdown.ReportAsync(); // the clock stands at 4.5 s, the cut would be at 20 s

        // Assert
        Assert.Equal(StepOutcome.Cancelled, report.Participants.Single(static part => part is { Name: "consumer", Phase: ShutdownPhase.Drain }).Outcome);
        Assert.False(_shutdown.Coordinator.Aborting.IsCancellationRequested);
    }

    [Fact]
    public async Task StopAccepting_LimitIsLongerThanAFairShare_HasAllOfIt()
    {
        // Arrange: half of the time before the cut would be 10 s
        Add("source", ShutdownPhase.StopAccepting, 15).StopAccepting.UntilCancelled();

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(13.5));
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.InRange(report.Phases[0].Duration.TotalSeconds, 13.5, 13.6);
    }

    [Fact]
    public void Plan_SomeHaveALimit_ShowsIt()
    {
        // Arrange
        Add("log", ShutdownPhase.Release, 1);
        _shutdown.Add("pool");
        Add("consumer", ShutdownPhase.Drain, 4);

        // Act
        IReadOnlyList<PlannedStep> steps = Plan();

        // Assert
        Assert.Contains(new("consumer", ShutdownPhase.Release, 0, TimeSpan.FromSeconds(24)), steps); // half of 5 s less 1 s
        Assert.Contains(new("pool", ShutdownPhase.Release, 1, TimeSpan.FromSeconds(25)), steps);
        Assert.Contains(new("log", ShutdownPhase.Release, 2, TimeSpan.FromSeconds(26)), steps);
    }

    [Fact]
    public void Plan_LimitsAreMoreThanThereIs_AreShortenedInProportion()
    {
        // Arrange: 10 s in a reserve of 5 s
        AddHook("ledger", 8);
        AddHook("pool", 2);

        // Act
        PlannedStep[] steps = [.. Plan().Where(static step => step.Phase == ShutdownPhase.Release)];

        // Assert
        Assert.Equal([("pool", TimeSpan.FromSeconds(23)), ("ledger", TimeSpan.FromSeconds(27))], steps.Select(static step => (step.Participant, step.LatestEnd)));
    }

    private Probe Add(string name, ShutdownPhase phase, double limit)
    {
        var probe = new Probe(name) { Limit = asked => asked == phase ? TimeSpan.FromSeconds(limit) : null };
        _shutdown.Coordinator.Participants.Add(probe);
        return probe;
    }

    private void AddHook(string name, double limit) => _shutdown.Coordinator.Participants.AddHook(
        name, ShutdownPhase.Release, Hook.Of(static (_, _) => Task.CompletedTask) with { Limit = TimeSpan.FromSeconds(limit) }, []);

    private IReadOnlyList<PlannedStep> Plan() =>
        ShutdownPlanner.Plan(_shutdown.Coordinator.Participants.Snapshot(), _shutdown.Coordinator.Budget).Steps;

    /// <summary>The signal came 22 s ago: nothing is left but Release.</summary>
    private void BeginLate()
    {
        long signalledAt = _shutdown.Time.GetTimestamp();
        _shutdown.Time.Advance(ShutdownUnderTest.DrainEnd);
        Assert.True(_shutdown.Coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), signalledAt));
    }

    /// <summary>Waits until a stuck step is cancelled, then until it is given up.</summary>
    private async Task GiveUpAsync(double beganAt, double limit)
    {
        await _shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(beganAt + (limit * 0.9)));
        await _shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(beganAt + limit));
    }
}
