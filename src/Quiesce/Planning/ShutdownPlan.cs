namespace Quiesce;

/// <summary>What a shutdown would do: phases, participants, order, and the latest end of each step. Immutable.</summary>
/// <remarks>The worst case is the plan: a step that ends early gives its time to those behind it.</remarks>
public sealed class ShutdownPlan
{
    internal ShutdownPlan(ShutdownBudget budget, IReadOnlyList<PlannedStep> steps)
    {
        Budget = budget;
        Steps = steps;
    }

    /// <summary>Gets what the orchestrator allows from the signal to SIGKILL.</summary>
    public TimeSpan GracePeriod => Budget.Grace;

    /// <summary>Gets when everything is released at the latest, measured from the signal. The report and the hooks of Exit follow.</summary>
    public TimeSpan LatestEnd => Budget.End;

    /// <summary>Gets when the process is ended by force, should it still be there, measured from the signal.</summary>
    public TimeSpan ForcedEnd => Budget.EnforceAt;

    /// <summary>Gets every step, in the order of the phases and of the stages in them.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; }

    internal ShutdownBudget Budget { get; }

    /// <summary>Says the plan in words, several lines.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => PlanText.Of(this);
}
