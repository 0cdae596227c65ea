using Quiesce.TestSupport;

namespace Rehearsals.Tests;

/// <summary>Every kind of connection at 200 requests a second, behind what stands in front of services. The large size is eng/soak.</summary>
[Trait("Size", "Full")]
public sealed class BalancerTests : IAsyncLifetime
{
    private static readonly string[] _quick = ["--rate", "200", "--deployments", "5", "--steady", "0.5"];

    public async ValueTask InitializeAsync()
    {
        await DebianPackages.RequireAsync("haproxy", "haproxy");
        await DebianPackages.RequireAsync("nginx", "nginx-light");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("kube")]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task Quiesce_EveryKindOfConnectionBehindABalancer_LosesNothing(string balancer)
    {
        RehearsalResult result = await CheckoutRehearsal.RunMixAsync(CheckoutRehearsal.Mixed, "quiesce", balancer, _quick);

        result.AssertNothingFailed(deployments: 5, CheckoutRehearsal.Ledgers);
        Assert.Equal(0, result.Count("failures"));
        Assert.Contains("HTTP/2 POST /orders", result.Templates);
        Assert.All(result.Deployments, static deployment => Assert.True(deployment.GetProperty("secondsToDetection").GetDouble() > 0));
    }
}
