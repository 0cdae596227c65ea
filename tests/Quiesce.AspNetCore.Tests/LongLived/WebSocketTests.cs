using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.LongLived;

public sealed class WebSocketTests
{
    private const WebSocketCloseStatus GoingAway = (WebSocketCloseStatus)1001;

    [Theory]
    [InlineData("1.1")] // begins with 101
    [InlineData("2.0")] // begins with an extended CONNECT and 200 (RFC 8441)
    public async Task WebSocket_IsIdleAtTheClose_GetsGoingAwayAndTheApplicationSeesTheClientsAnswer(string version)
    {
        var answered = Completion.New<WebSocketCloseStatus?>();
        await using WebUnderTest web = await WebSocketRig.StartAsync(
            async (_, socket) => answered.SetResult(await WebSocketRig.ReceiveCloseAsync(socket)), version);
        using ClientWebSocket client = await WebSocketRig.ConnectAsync(web, version);

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10)); // to the close, and no further

        Assert.Equal(GoingAway, await WebSocketRig.ReceiveCloseAsync(client));
        Assert.Equal(GoingAway, await answered.Task.OrHang());
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }

    [Fact]
    public async Task WebSocket_IsSendingALongMessageAtTheClose_EndsTheFrameBeforeItGoesAway()
    {
        const int Size = 32 << 20; // more than the kernel's buffers hold
        var sending = Completion.New();
        await using WebUnderTest web = await WebSocketRig.StartAsync(async (_, socket) =>
        {
            ValueTask send = socket.SendAsync(new byte[Size].AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            sending.SetResult();
            await send;
            await WebSocketRig.ReceiveCloseAsync(socket);
        });
        using ClientWebSocket client = await WebSocketRig.ConnectAsync(web);
        await sending.Task.OrHang();

        await web.AnnounceAsync();
        await web.CloseAsync();

        (int received, byte[] buffer) = (0, new byte[1 << 16]);
        ValueWebSocketReceiveResult part = default;
        while (!part.EndOfMessage)
        {
            part = await client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().OrHang();
            received += part.Count;
        }

        Assert.Equal(Size, received);
        Assert.Equal(GoingAway, await WebSocketRig.ReceiveCloseAsync(client));
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task WebSocket_AsksForTheGoodbye_ClosesInItsOwnWords()
    {
        await using WebUnderTest web = await WebSocketRig.StartAsync(async (context, socket) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.GoodbyeToken()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await socket.SendAsync("bye"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
        using ClientWebSocket client = await WebSocketRig.ConnectAsync(web);

        await web.AnnounceAsync();
        web.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(3, (await client.ReceiveAsync(new byte[16].AsMemory(), CancellationToken.None).AsTask().OrHang()).Count);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await WebSocketRig.ReceiveCloseAsync(client));
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Fact]
    public async Task WebSocket_AsksForTheGoodbyeAndStays_GetsGoingAwayAtThreeQuartersOfTheLimit()
    {
        await using WebUnderTest web = await WebSocketRig.StartAsync(static async (context, socket) =>
        {
            context.GoodbyeToken();
            await WebSocketRig.ReceiveCloseAsync(socket);
        });
        using ClientWebSocket client = await WebSocketRig.ConnectAsync(web);

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(13.75)).OrHang();
        Task<WebSocketCloseStatus?> close = WebSocketRig.ReceiveCloseAsync(client);
        Assert.False(close.IsCompleted);
        web.Time.Advance(TimeSpan.FromSeconds(3.75));

        Assert.Equal(GoingAway, await close);
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task WebSocket_ClientIgnoresTheGoodbye_DoesNotHoldTheDrainAndIsToldByRequestAborted(string version)
    {
        var told = Completion.New();
        await using WebUnderTest web = await WebSocketRig.StartAsync(
            async (context, socket) =>
            {
                try { await socket.ReceiveAsync(new byte[16], context.RequestAborted); }
                catch (OperationCanceledException) { told.SetResult(); }
            },
            version);
        using ClientWebSocket client = await WebSocketRig.ConnectAsync(web, version);

        await web.AnnounceAsync();
        await web.CloseAsync();
        await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(17.5)).OrHang(); // the end of the server's share
        await web.EndFarewellAsync();

        await told.Task.OrHang();
        web.Time.Advance(TimeSpan.FromSeconds(2.5)); // a client that does not hang up is reset then
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Assert.Empty((await web.Shutdown.Completion).Abandoned);
    }

    [Fact]
    public async Task WebSockets_AreMany_CloseOneGroupAfterTheOther()
    {
        await using WebUnderTest web = await WebSocketRig.StartAsync(
            static (_, socket) => WebSocketRig.ReceiveCloseAsync(socket),
            configure: static builder => builder.Configuration["GracefulShutdown:LongLived:Spread"] = "00:00:02.2"); // at instants of their own: others wait for whole seconds
        ClientWebSocket[] clients = [await WebSocketRig.ConnectAsync(web), await WebSocketRig.ConnectAsync(web), await WebSocketRig.ConnectAsync(web), await WebSocketRig.ConnectAsync(web)];
        Task<WebSocketCloseStatus?>[] closes = [.. clients.Select(WebSocketRig.ReceiveCloseAsync)];

        await web.AnnounceAsync();
        await web.CloseAsync();

        for (int closed = 1; closed <= clients.Length; closed++)
        {
            // Whichever it is: nothing says whose turn comes first. One look for both: who closed between two would not be waited for.
            while (closes.Where(static close => !close.IsCompleted).ToArray() is var open && open.Length > clients.Length - closed) { await Task.WhenAny(open).OrHang(); }

            if (closed == clients.Length) { break; }

            await web.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10 + (closed * 0.55))).OrHang();
            Assert.Equal(clients.Length - closed, closes.Count(static close => !close.IsCompleted));
            web.Time.Advance(TimeSpan.FromSeconds(0.55));
        }

        foreach (Task<WebSocketCloseStatus?> close in closes) { Assert.Equal(GoingAway, await close); }

        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        foreach (ClientWebSocket client in clients) { client.Dispose(); }
    }

    [Fact]
    public async Task WebSocket_ComesAfterTheClose_IsRefusedAsRetryable()
    {
        var (began, finish) = (Completion.New(), Completion.New());
        await using WebUnderTest web = await WebUnderTest.StartAsync(app =>
        {
            app.UseWebSockets();
            app.Map("/socket", static async (HttpContext context) => await WebSocketRig.ReceiveCloseAsync(await context.WebSockets.AcceptWebSocketAsync()));
            app.MapGet("/slow", async () =>
            {
                began.SetResult();
                await finish.Task;
            });
        });
        using RawClient old = await web.ConnectAsync();
        using RawClient slow = await web.ConnectAsync();
        await slow.SendAsync("/slow"); // keeps the server serving
        await began.Task.OrHang();

        await web.AnnounceAsync();
        await web.CloseAsync();
        await old.SendTextAsync(
            "GET /socket HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        string answer = await old.ReadAsync();
        Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After", answer, StringComparison.Ordinal);
        finish.SetResult();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
    }
}
