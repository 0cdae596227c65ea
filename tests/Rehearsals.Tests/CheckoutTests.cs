using System.Text.Json;

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
        AssertEffectsAreComplete(result);
        AssertLeftByThemselves(result);
    }

    [Fact]
    public async Task Quiesce_Alone_LosesNothingOnConnectionsUsedDuringTheAnnounce()
    {
        RehearsalResult result = await CheckoutRehearsal.RunAsync("quiesce", "none", "--deployments", "3");

        Assert.True(result.Count("unsafeOnAnnouncedConnections") == 0, result.Output);
        AssertEffectsAreComplete(result);
        AssertLeftByThemselves(result);
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

    private static void AssertEffectsAreComplete(RehearsalResult result)
    {
        Assert.Equal(["orders", "confirmations", "audit"], result.Ledgers.Select(static ledger => ledger.GetProperty("name").GetString()));
        foreach (JsonElement ledger in result.Ledgers)
        {
            Assert.NotEqual(0, ledger.GetProperty("acknowledged").GetInt32());
            Assert.Equal(0, ledger.GetProperty("acknowledgedNotDone").GetArrayLength());
            Assert.Equal(0, ledger.GetProperty("doneTwice").GetArrayLength());
        }
    }

    private static void AssertLeftByThemselves(RehearsalResult result) => Assert.All(result.Deployments, static deployment =>
    {
        Assert.Equal(0, deployment.GetProperty("exitCode").GetInt32());
        Assert.False(deployment.GetProperty("killed").GetBoolean());
        Assert.True(deployment.GetProperty("insideGrace").GetBoolean());
    });
}
