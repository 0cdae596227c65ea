using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class ManagementTests
{
    private readonly TaskCompletionSource _began = Completion.New();
    private readonly TaskCompletionSource _finish = Completion.New();

    [Fact]
    public async Task Management_AfterTheClose_StillAcceptsAndSaysHowTheServiceIs()
    {
        await using WebUnderTest web = await StartAsync();
        (IPEndPoint clients, IPEndPoint management) = EndPointsOf(web);
        using RawClient old = await RawClient.ConnectAsync(management);
        Assert.StartsWith("HTTP/1.1 200", await old.GetAsync("/readyz"), StringComparison.Ordinal);
        using RawClient slow = await RawClient.ConnectAsync(clients);
        await slow.SendAsync("/slow"); // keeps the server serving
        await _began.Task.OrHang();

        await web.AnnounceAsync();
        await web.CloseAsync();

        await Assert.ThrowsAsync<SocketException>(() => RawClient.ConnectAsync(clients));
        using RawClient fresh = await RawClient.ConnectAsync(management);
        foreach (RawClient probe in new[] { old, fresh })
        {
            Assert.StartsWith("HTTP/1.1 503", await probe.GetAsync("/readyz"), StringComparison.Ordinal);
            string alive = await probe.GetAsync("/livez"); // on the same connection: it was not told to close
            Assert.StartsWith("HTTP/1.1 200", alive, StringComparison.Ordinal);
            Assert.DoesNotContain("Connection: close", alive, StringComparison.Ordinal);
        }

        _finish.SetResult();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        await Assert.ThrowsAsync<SocketException>(() => RawClient.ConnectAsync(management));
    }

    [Fact]
    public async Task Management_RequestIsInFlight_IsNotCounted()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await RawClient.ConnectAsync(EndPointsOf(web).Management);
        await client.SendAsync("/slow");
        await _began.Task.OrHang();

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10)); // to the close; the cut is never reached

        await web.StoppingAsync();
        _finish.SetResult();
        Assert.StartsWith("HTTP/1.1 200", await client.ReadAsync(), StringComparison.Ordinal);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Equal(0, (await web.Shutdown.Completion).InFlightAtSignal);
    }

    [Fact]
    public async Task Management_OnlyProbesAreConnected_AreNoReasonToAnnounce()
    {
        await using WebUnderTest web = await StartAsync();
        using RawClient client = await RawClient.ConnectAsync(EndPointsOf(web).Management);
        await client.GetAsync("/metrics");
        web.Time.Advance(TimeSpan.FromMinutes(1));

        web.Terminate();

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Contains(
            "no announce: nobody is connected, and nobody was for a minute",
            (await web.Shutdown.Completion).Participants.SelectMany(static participant => participant.Notes));
    }

    [Fact]
    public async Task AgentCheck_BeforeAndAfterTheSignal_SaysReadyAndThenDrain()
    {
        await using WebUnderTest web = await StartAsync(static listener => listener.UseAsAgentCheck());
        (IPEndPoint clients, IPEndPoint management) = EndPointsOf(web);
        Assert.Equal("ready up\n", await AskAgentAsync(management));
        using RawClient slow = await RawClient.ConnectAsync(clients);
        await slow.SendAsync("/slow");
        await _began.Task.OrHang();

        await web.AnnounceAsync();
        Assert.Equal("drain\n", await AskAgentAsync(management));

        await web.CloseAsync();
        Assert.Equal("drain\n", await AskAgentAsync(management));
        _finish.SetResult();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    private static async Task<string> AskAgentAsync(IPEndPoint agent)
    {
        using RawClient haproxy = await RawClient.ConnectAsync(agent);
        return await haproxy.ReadAsync();
    }

    private Task<WebUnderTest> StartAsync() => StartAsync(static listener => listener.UseAsManagement());

    private Task<WebUnderTest> StartAsync(Action<ListenOptions> management) => WebUnderTest.StartAsync(
        app =>
        {
            app.MapGet("/metrics", static () => "requests 1");
            app.MapGet("/slow", async () =>
            {
                _began.SetResult();
                await _finish.Task;
            });
        },
        builder => builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Parse("127.0.0.2"), 0, management);
        }));

    private static (IPEndPoint Clients, IPEndPoint Management) EndPointsOf(WebUnderTest web)
    {
        IPEndPoint[] all = [.. web.Urls.Select(static url => IPEndPoint.Parse(new Uri(url).Authority))];
        return (all.Single(static endpoint => endpoint.Address.Equals(IPAddress.Loopback)), all.Single(static endpoint => !endpoint.Address.Equals(IPAddress.Loopback)));
    }
}
