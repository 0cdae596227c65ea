using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace Compatibility.Tests.Frameworks;

public sealed class ReverseProxyTests
{
    [Fact]
    public async Task Yarp_RequestIsWithTheDestination_IsCountedOnceAndForwardedWhole()
    {
        // Arrange: only the proxy is told to leave
        await using ServiceUnderTest destination = await ServiceUnderTest.StartAsync(
            static _ => { }, static app => app.MapGet("/orders", static (SlowRequest slow) => slow.WorkAsync()));
        await using ServiceUnderTest proxy = await ServiceUnderTest.StartAsync(
            builder => builder.Services.AddReverseProxy().LoadFromMemory(
                [new RouteConfig { RouteId = "all", ClusterId = "shop", Match = new RouteMatch { Path = "{**rest}" } }],
                [new ClusterConfig
                {
                    ClusterId = "shop",
                    Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = destination.Client.BaseAddress!.ToString() } },
                }]),
            static app => app.MapReverseProxy());
        Task<string> answering = proxy.Client.GetStringAsync(new Uri("/orders", UriKind.Relative), TestContext.Current.CancellationToken);
        await destination.Slow.Begun.OrHang();

        // Act
        await proxy.TerminateAsync();
        destination.Slow.Finish();

        // Assert
        Assert.Equal(SlowRequest.Answer, await answering.OrHang());
        await proxy.AssertLeftAsync(inFlightAtSignal: 1);
    }
}
