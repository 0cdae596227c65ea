using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>An application with one WebSocket endpoint, and clients of it.</summary>
internal static class WebSocketRig
{
    public static Task<WebUnderTest> StartAsync(
        Func<HttpContext, WebSocket, Task> serve, string version = "1.1", Action<WebApplicationBuilder>? configure = null) => WebUnderTest.StartAsync(
        app =>
        {
            app.UseWebSockets();
            app.Map("/socket", async (HttpContext context) =>
            {
                using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
                await serve(context, socket);
            });
        },
        builder =>
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
                endpoint.Protocols = version == "2.0" ? HttpProtocols.Http2 : HttpProtocols.Http1));
            configure?.Invoke(builder);
        });

    public static async Task<ClientWebSocket> ConnectAsync(WebUnderTest web, string version = "1.1")
    {
        var client = new ClientWebSocket();
        client.Options.HttpVersion = Version.Parse(version);
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{web.Port}/socket"), invoker, CancellationToken.None).OrHang();
        return client;
    }

    /// <summary>Receives until the other side closes, answers, and returns its status.</summary>
    public static async Task<WebSocketCloseStatus?> ReceiveCloseAsync(WebSocket socket)
    {
        byte[] buffer = new byte[1 << 16];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().OrHang()).MessageType != WebSocketMessageType.Close) { }

        WebSocketCloseStatus? status = socket.CloseStatus;
        await socket.CloseAsync(status ?? WebSocketCloseStatus.Empty, null, CancellationToken.None).OrHang();
        return status;
    }
}
