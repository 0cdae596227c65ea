namespace Quiesce;

/// <summary>What planning found: a budget, or every reason why there is none.</summary>
internal sealed record BudgetPlan(ShutdownBudget? Budget, IReadOnlyList<string> Failures, IReadOnlyList<string> Warnings)
{
    /// <summary>Returns the budget.</summary>
    /// <exception cref="ShutdownConfigurationException">The options cannot hold; the message names every mistake.</exception>
    public ShutdownBudget Require() =>
        Budget ?? throw new ShutdownConfigurationException(Failures);
}
