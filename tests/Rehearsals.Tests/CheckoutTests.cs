namespace Rehearsals.Tests;

/// <summary>The promise of the whole project, at its small size. The large one is eng/soak.</summary>
[Trait("Size", "Full")]
public sealed class CheckoutTests
{
    private const int Pass = 0, Fail = 1;

    [Fact]
    public async Task Quiesce_BehindKube_LosesNothing()
    {
        RehearsalResult result = await CheckoutRehearsal.RunAsync("quiesce", "kube", "--deployments", "3");

        Assert.True(result.ExitCode == Pass, result.Output);
        Assert.Equal(0, result.Count("failures"));
        result.AssertNothingFailed(deployments: 3, CheckoutRehearsal.Ledgers);
    }

    [Fact]
    public async Task Quiesce_Alone_LosesNothingOnConnectionsUsedDuringTheAnnounce()
    {
        RehearsalResult result = await CheckoutRehearsal.RunAsync("quiesce", "none", "--deployments", "3");

        // Nothing unsafe at all: with sixteen connections in turn, none of them is silent for as long as the announce takes.
        result.AssertNothingFailed(deployments: 3, CheckoutRehearsal.Ledgers);
        Assert.Equal(0, result.Count("unsafe"));
    }

    [Fact]
    public async Task Stock_BehindKube_ShowsItsLosses()
    {
        RehearsalResult result = await CheckoutRehearsal.RunAsync("stock", "kube", "--deployments", "2");

        Assert.True(result.ExitCode == Fail, result.Output);
        Assert.NotEqual(0, result.Count("failures"));
        Assert.Equal(0, result.SumOfBaseline("noStop"));
        Assert.NotEqual(0, result.SumOfBaseline("kill"));
    }

    [Fact]
    public async Task Delay_BehindKube_TakesItsWholeDelay()
    {
        RehearsalResult result = await CheckoutRehearsal.RunAsync("delay", "kube", "--deployments", "1");

        // A lower bound that the delay itself sets (5 s), not a measure of speed.
        Assert.All(result.Deployments, static deployment => Assert.True(deployment.GetProperty("secondsToExit").GetDouble() >= 5));
    }
}
