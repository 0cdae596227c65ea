using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Checkout.Orders;

namespace Checkout.Feed;

/// <summary>The orders as they come: <c>GET /feed/events</c> as server-sent events, <c>GET /feed</c> as a WebSocket.</summary>
/// <remarks>Nothing here knows of a shutdown: what becomes of the streams is decided by the way to leave.</remarks>
internal static class FeedEndpoints
{
    public static void MapFeed(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feed/events", static (OrderFeed feed, CancellationToken requestAborted) =>
            TypedResults.ServerSentEvents(EventsAsync(feed, requestAborted)));
        routes.MapGet("/feed", ServeWebSocketAsync);
    }

    // The first event goes out at once, and with it the head: a client need not wait for the next order to know that it is connected, and misses none from then on.
    private static async IAsyncEnumerable<SseItem<Order?>> EventsAsync(OrderFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Order? order in feed.ListenAsync(cancellationToken)) { yield return new SseItem<Order?>(order, order is null ? "hello" : "order"); }
    }

    private static async Task ServeWebSocketAsync(HttpContext context, OrderFeed feed)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task telling = TellAsync(socket, feed, listening.Token);
        try
        {
            await ReadToCloseAsync(socket, context.RequestAborted);
        }
        finally
        {
            await listening.CancelAsync();
            await telling;
        }

        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
    }

    // The token ends the listening, never a message that is being sent: that would cut the socket.
    private static async Task TellAsync(WebSocket socket, OrderFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (Order? order in feed.ListenAsync(cancellationToken))
            {
                if (order is null) { continue; }

                byte[] message = JsonSerializer.SerializeToUtf8Bytes(order, JsonSerializerOptions.Web);
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // The client has gone; the reader sees it, too.
        }
    }

    private static async Task ReadToCloseAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        byte[] ignored = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(ignored, cancellationToken)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
            // The client went without a close, or the request was aborted.
        }
    }
}
