using Quiesce.Cli.Rehearse.Verdict.Statistics;

namespace Quiesce.Cli.Tests.Verdict;

public sealed class ClopperPearsonTests
{
    // The share p with P(X <= k | n, p) = 0.05, summed by hand for each row.
    [Theory]
    [InlineData(0, 3, 0.6316)]
    [InlineData(0, 30, 0.0950)]
    [InlineData(0, 3000, 0.000998)]
    [InlineData(1, 10, 0.3942)]
    [InlineData(5, 100, 0.1023)]
    [InlineData(3, 3, 1)]
    public void Upper_KnownCounts_IsTheExactBound(int seen, int of, double bound) => Assert.Equal(bound, ClopperPearson.Upper(seen, of), tolerance: 5e-5);

    [Fact]
    public void Upper_NoneSeen_IsNearTheRuleOfThree() => Assert.Equal(3d / 3000, ClopperPearson.Upper(0, 3000), tolerance: 5e-6);

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.1, 29)]
    [InlineData(0.01, 299)]
    [InlineData(0.001, 2995)]
    public void Needed_Share_IsTheLeastSeriesThatExcludesIt(double share, int needed)
    {
        Assert.Equal(needed, ClopperPearson.Needed(share));
        Assert.True(ClopperPearson.Upper(0, needed) <= share);
        Assert.True(ClopperPearson.Upper(0, needed - 1) > share);
    }
}
