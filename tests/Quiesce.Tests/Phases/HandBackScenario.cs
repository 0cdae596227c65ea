using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>A shutdown whose work can be handed back, at the instants in which that happens.</summary>
public abstract class HandBackScenario
{
    // The work has half of the hand-back share of 2 s: half of that to end, the rest for the callbacks.
    private protected static readonly TimeSpan TakenBackAt = ShutdownUnderTest.Cut + TimeSpan.FromSeconds(0.5);
    private protected static readonly TimeSpan LimitAt = ShutdownUnderTest.Cut + TimeSpan.FromSeconds(0.9);
    private protected static readonly TimeSpan AbandonedAt = ShutdownUnderTest.Cut + TimeSpan.FromSeconds(1);

    // Somebody waits for the work: it has half of the hand-back share.
    private protected HandBackScenario() => Queue = Shutdown.Add("queue");

    private protected ShutdownUnderTest Shutdown { get; } = new();

    private protected Probe Queue { get; }

    /// <summary>Moves the clock to the cut; a unit that ignores it is waited for by then.</summary>
    private protected async Task CutAsync(bool ignored = false)
    {
        await Shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        if (ignored) { await Shutdown.Time.WaitForTimerAsync(AbandonedAt).WaitAsync(TestTimeouts.Hang); }
    }

    private protected static (WorkOutcome Outcome, bool Ended) Outcome(ShutdownReport report)
    {
        AbandonedWork unit = Assert.Single(report.Abandoned);
        return (unit.Outcome, unit.Ended);
    }

    private protected WorkLease Begin(Func<CancellationToken, Task> handBack)
    {
        Assert.True(Shutdown.Coordinator.Work.TryBegin("message", handBack, out WorkLease lease));
        return lease;
    }
}
