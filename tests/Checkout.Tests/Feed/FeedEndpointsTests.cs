using System.Net;
using System.Net.WebSockets;
using System.Text;
using Checkout.Tests.Running;
using Microsoft.AspNetCore.TestHost;

namespace Checkout.Tests.Feed;

public sealed class FeedEndpointsTests
{
    [Fact]
    public async Task Events_OrderIsPlaced_TellOfIt()
    {
        await using CheckoutApp app = new();
        using Stream stream = await app.Client.GetStreamAsync("/feed/events").WaitAsync(TestTimeouts.Hang);
        using StreamReader reader = new(stream);
        await ReadToAsync(reader, "event: hello");

        await app.PlaceAsync("one");

        Assert.Contains("\"id\":\"one\"", await ReadToAsync(reader, "\"one\""));
    }

    [Fact]
    public async Task WebSocket_OrderIsPlacedThenClientCloses_TellsOfItAndClosesToo()
    {
        await using CheckoutApp app = new();
        WebSocketClient client = app.Server.CreateWebSocketClient();
        using WebSocket socket = await client.ConnectAsync(new Uri(app.Server.BaseAddress, "/feed"), CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        byte[] message = new byte[1024];

        // The feed begins some time after the handshake: orders are placed until one of them is told of.
        ValueTask<ValueWebSocketReceiveResult> receiving = socket.ReceiveAsync(message.AsMemory(), CancellationToken.None);
        for (int number = 0; !receiving.IsCompleted; number++) { await app.PlaceAsync($"order-{number}"); }
        ValueWebSocketReceiveResult told = await receiving;
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        Assert.Contains("\"id\":\"order-", Encoding.UTF8.GetString(message, 0, told.Count));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Receipts_LargeBodies_GoInAndOutWhole()
    {
        await using CheckoutApp app = new();

        HttpResponseMessage taken = await app.Client.PutAsync("/receipts/one", new ByteArrayContent(new byte[200_000]));
        byte[] blank = await app.Client.GetByteArrayAsync("/receipts/blank");

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Contains("200000", await taken.Content.ReadAsStringAsync());
        Assert.Equal(1024 * 1024, blank.Length);
    }

    private static async Task<string> ReadToAsync(StreamReader reader, string text)
    {
        string line;
        do { line = await reader.ReadLineAsync().WaitAsync(TestTimeouts.Hang) ?? throw new EndOfStreamException(); }
        while (!line.Contains(text, StringComparison.Ordinal));

        return line;
    }
}
