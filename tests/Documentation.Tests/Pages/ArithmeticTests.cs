using System.Globalization;
using Quiesce;

namespace Documentation.Tests.Pages;

/// <summary>docs/arithmetic.md against the planner: the table and the refusals cannot drift.</summary>
public sealed class ArithmeticTests
{
    private static readonly string _page = Repository.Read("docs/arithmetic.md");

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(90)]
    public void Table_EachGrace_IsWhatThePlannerPlans(int grace)
    {
        ShutdownBudget budget = BudgetPlanner.Plan(new GracefulShutdownOptions(), TimeSpan.FromSeconds(grace)).Require();

        TimeSpan[] row = [budget.Grace, budget.Announce, budget.Cut, budget.DrainEnd, budget.End, budget.EnforceAt, budget.HandBack, budget.ReleaseReserve, budget.Margin];
        string line = $"| {string.Join(" | ", row.Select(static span => span.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture)))} |";
        Assert.True(_page.Split('\n').Contains(line), $"docs/arithmetic.md lacks:\n{line}");
    }

    [Fact]
    public void Refusals_AsSaid_AreOnThePage()
    {
        var tooMuch = new GracefulShutdownOptions { ReleaseReserve = TimeSpan.FromSeconds(15), Announce = { Maximum = TimeSpan.FromSeconds(20) } };
        var outOfRange = new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(1), HandBack = TimeSpan.FromSeconds(-1) };

        var participants = new ParticipantRegistry();
        foreach ((string name, string[] uses) in ((string, string[])[])[("consumer", ["pool"]), ("pool", []), ("log", [])])
        {
            Hook hook = Hook.Of(static (_, _) => Task.CompletedTask) with { Limit = name == "log" ? null : TimeSpan.FromSeconds(3) };
            participants.AddHook(name, ShutdownPhase.Release, hook, uses);
        }

        string[] said =
        [
            .. BudgetPlanner.Plan(tooMuch, null).Failures,
            .. BudgetPlanner.Plan(outOfRange, null).Failures,
            .. BudgetPlanner.Plan(new() { ReleaseReserve = TimeSpan.FromSeconds(20) }, TimeSpan.FromSeconds(10)).Warnings,
            .. Assert.Throws<ShutdownConfigurationException>(static () => GracePeriodVariable.Parse("30s")).Failures,
            .. LimitCheck.Run(participants.Snapshot(), BudgetPlanner.Plan(new(), null).Require(), configured: null).Failures,
        ];

        Assert.Equal(6, said.Length);
        Assert.All(said, static text => Assert.Contains(text, _page, StringComparison.Ordinal));
    }
}
