namespace Quiesce.Tests.Budget;

/// <summary>What is refused, what shrinks, and in which words.</summary>
public sealed class BudgetPlannerTests
{
    [Fact]
    public void Plan_AnnounceAndReserveExceedTheBudget_NamesBothAndTheArithmetic()
    {
        // Arrange
        GracefulShutdownOptions options = Explicit(announce: 20, reserve: 15);

        // Act
        BudgetPlan plan = BudgetPlanner.Plan(options, environmentGrace: null);

        // Assert
        Assert.Equal(
            "Announce.Maximum (00:00:20) and ReleaseReserve (00:00:15) exceed the budget of 00:00:27 " +
            "(GracePeriod 00:00:30 less Margin 00:00:03). Shorten one or raise GracePeriod.",
            Assert.Single(plan.Failures));
    }

    [Fact]
    public void Plan_ExplicitValuesFitButNotWithTheDefaults_NamesTheDefaultsToo()
    {
        // Arrange
        GracefulShutdownOptions options = Explicit(announce: 20, reserve: 6);

        // Act
        BudgetPlan plan = BudgetPlanner.Plan(options, environmentGrace: null);

        // Assert
        Assert.StartsWith(
            "Announce.Maximum (00:00:20) and HandBack (00:00:02) and ReleaseReserve (00:00:06) exceed the budget of 00:00:27 ",
            Assert.Single(plan.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OneShareTakesAll_IsRefused()
    {
        // Act
        BudgetPlan plan = BudgetPlanner.Plan(Explicit(reserve: 27), environmentGrace: null);

        // Assert
        Assert.StartsWith("ReleaseReserve (00:00:27) uses up the budget of 00:00:27 ", Assert.Single(plan.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SeveralMistakes_ReportsAllAtOnce()
    {
        // Arrange
        GracefulShutdownOptions options = Explicit(announce: -1, reserve: 15);
        options.GracePeriod = TimeSpan.FromSeconds(1);
        options.Margin = TimeSpan.MaxValue;

        // Act
        var mistake = Assert.Throws<ShutdownConfigurationException>(() => BudgetPlanner.Plan(options, TimeSpan.FromDays(2)).Require());

        // Assert
        Assert.Equal(4, mistake.Failures.Count);
        Assert.All(mistake.Failures, failure => Assert.Contains(failure, mistake.Message, StringComparison.Ordinal));
        Assert.Contains("GracePeriod is 00:00:01; use 00:00:02 to 1.00:00:00.", mistake.Failures);
        Assert.Contains("Announce.Maximum is -00:00:01; use 00:00:00 to 1.00:00:00, or leave it out.", mistake.Failures);
    }

    [Fact]
    public void Plan_OnlyTheEnvironmentIsTooShort_ShrinksWithAWarning()
    {
        // Arrange
        GracefulShutdownOptions options = Explicit(announce: 20, reserve: 5);
        options.GracePeriod = TimeSpan.FromSeconds(60);

        // Act
        BudgetPlan plan = BudgetPlanner.Plan(options, TimeSpan.FromSeconds(10));

        // Assert
        Assert.StartsWith(
            "QUIESCE_GRACE_PERIOD (00:00:10) is shorter than GracePeriod (00:01:00)", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        ShutdownBudget budget = plan.Require();
        Assert.True(budget.Announce > TimeSpan.FromSeconds(2) && budget.Announce < budget.Cut);
    }

    [Fact]
    public void Plan_ShareWasChosenForALongGraceWithCappedDefaults_StillLeavesTimeToDrain()
    {
        // Arrange
        var options = new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(60), HandBack = TimeSpan.FromSeconds(45) };

        // Act
        ShutdownBudget budget = BudgetPlanner.Plan(options, TimeSpan.FromSeconds(10)).Require();

        // Assert
        Assert.True(budget.Cut > TimeSpan.Zero);
    }

    [Fact]
    public void Plan_EnvironmentIsShorterButEverythingFits_ChangesNothing()
    {
        // Act
        BudgetPlan plan = BudgetPlanner.Plan(Explicit(reserve: 4), TimeSpan.FromSeconds(20));

        // Assert
        Assert.Empty(plan.Warnings);
        Assert.Equal(TimeSpan.FromSeconds(4), plan.Require().ReleaseReserve);
    }

    [Fact]
    public void Plan_ImpossibleEvenInTheConfiguredGrace_IsRefusedInTheEnvironmentsWords()
    {
        // Act
        BudgetPlan plan = BudgetPlanner.Plan(Explicit(reserve: 40), TimeSpan.FromSeconds(20));

        // Assert
        Assert.EndsWith(
            "(QUIESCE_GRACE_PERIOD 00:00:20 less Margin 00:00:02). Shorten one or raise QUIESCE_GRACE_PERIOD.",
            Assert.Single(plan.Failures), StringComparison.Ordinal);
    }

    private static GracefulShutdownOptions Explicit(double? announce = null, double? reserve = null) => new()
    {
        Announce = { Maximum = announce is { } a ? TimeSpan.FromSeconds(a) : null },
        ReleaseReserve = reserve is { } r ? TimeSpan.FromSeconds(r) : null,
    };
}
