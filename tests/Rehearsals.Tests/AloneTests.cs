namespace Rehearsals.Tests;

/// <summary>One instance without anything in front of it, at 200 requests a second: what is announced is kept, on a slow network as well.</summary>
[Trait("Size", "Full")]
public sealed class AloneTests
{
    [Theory]
    [InlineData("0ms")]
    [InlineData("20ms")]
    public async Task Quiesce_Alone_LosesNothingThatWasAnnounced(string delay)
    {
        RehearsalResult result = await CheckoutRehearsal.RunMixAsync(
            "checkout.http", "quiesce", "none", ["--rate", "200", "--deployments", "3", "--steady", "0.5", "--network-delay", delay]);

        result.AssertNothingFailed(deployments: 3, CheckoutRehearsal.Ledgers);
        Assert.Equal(0, result.Count("unsafe"));

        // It does announce: a listener that closes at the signal loses little here, because few connections are new.
        Assert.All(result.Deployments, static deployment => Assert.True(deployment.GetProperty("secondsToClose").GetDouble() > 0.9));
    }
}
