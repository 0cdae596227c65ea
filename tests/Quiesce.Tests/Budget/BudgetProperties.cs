using FsCheck;
using FsCheck.Fluent;

namespace Quiesce.Tests.Budget;

/// <summary>What holds for every grace and every set of explicit values. FsCheck prints the seed of a failure.</summary>
public sealed class BudgetProperties
{
    private static readonly Gen<TimeSpan> _graces =
        from milliseconds in Gen.OneOf(Gen.Choose(2_000, 5_000), Gen.Choose(2_000, 120_000), Gen.Choose(2_000, 86_400_000))
        select TimeSpan.FromMilliseconds(milliseconds);

    private static readonly Gen<TimeSpan?> _shares = Gen.Frequency(
        (3, Gen.Constant<TimeSpan?>(null)),
        (3, Gen.Choose(0, 20_000).Select(milliseconds => (TimeSpan?)TimeSpan.FromMilliseconds(milliseconds))),
        (1, Gen.Choose(-1_000, 86_500_000).Select(milliseconds => (TimeSpan?)TimeSpan.FromMilliseconds(milliseconds))),
        (1, Gen.Elements<TimeSpan?>(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(1))));

    private static readonly Gen<GracefulShutdownOptions> _options =
        from grace in _graces
        from margin in _shares
        from reserve in _shares
        from handBack in _shares
        from announce in _shares
        select new GracefulShutdownOptions
        {
            GracePeriod = grace, Margin = margin, ReleaseReserve = reserve, HandBack = handBack, Announce = { Maximum = announce },
        };

    [Fact]
    public void Plan_AnyGraceFromTwoSeconds_LeavesTimeToDrain() =>
        Prop.ForAll(_graces.ToArbitrary(), grace =>
        {
            ShutdownBudget budget = BudgetPlanner.Plan(new GracefulShutdownOptions { GracePeriod = grace }, null).Require();
            return IsWhole(budget) && budget.Cut > TimeSpan.Zero;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_AnyExplicitValues_RefusesInWordsOrPartsAddUp() =>
        Prop.ForAll(_options.ToArbitrary(), options =>
        {
            BudgetPlan plan = BudgetPlanner.Plan(options, null);
            return plan.Budget is { } budget
                ? IsWhole(budget) && budget.Cut > TimeSpan.Zero && plan.Failures.Count == 0
                : plan.Failures.Count > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_ConfigurationHoldsAndTheEnvironmentIsShorter_NeverRefuses() =>
        Prop.ForAll(_options.ToArbitrary(), _graces.ToArbitrary(), (options, environment) =>
        {
            bool holds = BudgetPlanner.Plan(options, null).Budget is not null;
            if (!holds || environment > options.GracePeriod) { return true; }

            ShutdownBudget? budget = BudgetPlanner.Plan(options, environment).Budget;
            return budget is not null && budget.Grace == environment && IsWhole(budget) && budget.Cut > TimeSpan.Zero;
        }).QuickCheckThrowOnFailure();

    private static bool IsWhole(ShutdownBudget budget)
    {
        TimeSpan[] parts = [budget.Margin, budget.ReleaseReserve, budget.HandBack, budget.Cut];
        return Array.TrueForAll(parts, static part => part >= TimeSpan.Zero)
            && parts.Aggregate(TimeSpan.Zero, static (sum, part) => sum + part) == budget.Grace
            && budget.Announce >= TimeSpan.Zero && budget.Announce <= budget.Cut
            && budget.EnforceAt <= budget.Grace && budget.EnforceAt >= budget.End;
    }
}
