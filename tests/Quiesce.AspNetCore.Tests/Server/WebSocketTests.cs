using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

public sealed class WebSocketTests
{
    [Theory]
    [InlineData("1.1")] // begins with 101
    [InlineData("2.0")] // begins with an extended CONNECT and 200 (RFC 8441)
    public async Task WebSocket_IsOpenAtTheSignal_DoesNotHoldTheDrainAndIsToldByRequestAborted(string version)
    {
        var told = Completion.New();
        await using WebUnderTest web = await WebUnderTest.StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.Map("/socket", async (HttpContext context) =>
                {
                    using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
                    try { await socket.ReceiveAsync(new byte[16], context.RequestAborted); }
                    catch (OperationCanceledException) { told.SetResult(); }
                });
            },
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
                endpoint.Protocols = version == "2.0" ? HttpProtocols.Http2 : HttpProtocols.Http1)));
        using var client = new ClientWebSocket();
        client.Options.HttpVersion = Version.Parse(version);
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{web.Port}/socket"), invoker, CancellationToken.None).OrHang();

        await web.AnnounceAsync();
        await web.CancelLongLivedAsync();

        await told.Task.OrHang();
        web.Time.Advance(TimeSpan.FromSeconds(3.75)); // a client that does not hang up is reset at the end of the server's share
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }
}
