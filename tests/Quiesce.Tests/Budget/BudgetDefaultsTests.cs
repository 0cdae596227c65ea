namespace Quiesce.Tests.Budget;

/// <summary>What follows from the grace alone.</summary>
public sealed class BudgetDefaultsTests
{
    [Theory]
    [InlineData(2, 0.5, 0.4, 0.2, 0.7)]
    [InlineData(5, 0.5, 1, 0.5, 1.75)]
    [InlineData(10, 1, 2, 1, 3.5)]
    [InlineData(30, 3, 5, 2, 10)]
    [InlineData(90, 3, 5, 2, 10)]
    [InlineData(600, 3, 5, 2, 10)]
    public void Plan_OnlyTheGraceIsGiven_SharesAreFractionsWithCaps(double grace, double margin, double reserve, double handBack, double announce)
    {
        // Arrange
        var options = new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(grace) };

        // Act
        ShutdownBudget budget = BudgetPlanner.Plan(options, environmentGrace: null).Require();

        // Assert
        Assert.Equal(
            (margin, reserve, handBack, announce),
            (budget.Margin.TotalSeconds, budget.ReleaseReserve.TotalSeconds, budget.HandBack.TotalSeconds, budget.Announce.TotalSeconds));
    }

    [Fact]
    public void Budget_InstantsFollowFromTheEnd_BackPlanned()
    {
        // Arrange
        var budget = new ShutdownBudget(
            TimeSpan.FromSeconds(30), Margin: TimeSpan.FromSeconds(3), ReleaseReserve: TimeSpan.FromSeconds(5),
            HandBack: TimeSpan.FromSeconds(2), Announce: TimeSpan.FromSeconds(10));

        // Act
        double[] instants = [budget.Cut.TotalSeconds, budget.DrainEnd.TotalSeconds, budget.End.TotalSeconds, budget.EnforceAt.TotalSeconds];

        // Assert
        Assert.Equal([20, 22, 27, 28.5], instants);
    }
}
