using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public class LoadOptionsRulesTests
{
    [Fact]
    public void ThrowIfBroken_ManyMistakes_ListsThemAll()
    {
        // Arrange
        LoadOptions options = new(Rate: 0, FreshShare: 2, TimeSpan.Zero, [Templates.Lookup with { Weight = 0 }], Seed: 1)
        {
            MinimumConnections = -1,
        };

        // Act
        ArgumentException error = Assert.Throws<ArgumentException>(() => LoadOptionsRules.ThrowIfBroken(options));

        // Assert
        string[] mistakes =
        [
            "The rate is 0", "fresh connections is 2", "limit is 00:00:00", "connections is -1", "the weight 0",
            "without {known}", "none of the requests has an effect",
        ];
        Assert.All(mistakes, mistake => Assert.Contains(mistake, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void ThrowIfBroken_NoTemplates_SaysSo()
    {
        // Arrange
        LoadOptions options = new(Rate: 1, FreshShare: 0, TimeSpan.FromSeconds(1), [], Seed: 1);

        // Act and assert
        Assert.Throws<ArgumentException>(() => LoadOptionsRules.ThrowIfBroken(options));
    }
}
