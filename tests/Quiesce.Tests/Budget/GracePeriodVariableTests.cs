namespace Quiesce.Tests.Budget;

public sealed class GracePeriodVariableTests
{
    [Theory]
    [InlineData("30", 30)]
    [InlineData("7.5", 7.5)]
    [InlineData("00:00:30", 30)]
    [InlineData("0:01:30.5", 90.5)]
    [InlineData("-5", -5)] // the planner refuses it, with the range
    public void Parse_SecondsOrTimeSpan_IsRead(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), GracePeriodVariable.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Parse_NotSet_IsNothing(string? text) => Assert.Null(GracePeriodVariable.Parse(text));

    [Theory]
    [InlineData("30s")]
    [InlineData("half a minute")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e3")]
    [InlineData("30,5")]
    [InlineData("99999999999999999999")]
    [InlineData("00:99:00")]
    public void Parse_IsNoDuration_QuotesItAndSaysWhatToUse(string text)
    {
        // Act
        var mistake = Assert.Throws<ShutdownConfigurationException>(() => GracePeriodVariable.Parse(text));

        // Assert
        Assert.Equal(
            $"QUIESCE_GRACE_PERIOD is '{text}', which is no duration. Use seconds ('30') or a TimeSpan ('00:00:30').",
            Assert.Single(mistake.Failures));
    }

    [Fact]
    public void Plan_VariableIsUnreadable_HidesNoOtherMistake()
    {
        // Arrange
        var options = new GracefulShutdownOptions { GracePeriod = TimeSpan.Zero };

        // Act
        BudgetPlan plan = ProgramRun.Plan(options, "soon");

        // Assert
        Assert.Equal(2, plan.Failures.Count);
    }
}
