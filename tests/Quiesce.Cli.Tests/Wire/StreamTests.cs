using System.Text;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>Streams of events and WebSockets, against servers that end them in every way.</summary>
public sealed class StreamTests
{
    private const string Upgraded = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private const string EventsHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string Event = "9\r\ndata: 1\n\n\r\n";

    private static readonly RequestTemplate _webSocket = Of(TrafficKind.WebSocket, TestTimeouts.Hang);
    private static readonly RequestTemplate _events = Of(TrafficKind.Events, TestTimeouts.Hang);

    [Theory]
    [InlineData(1001, nameof(OutcomeClass.Ok), null)]
    [InlineData(1012, nameof(OutcomeClass.Ok), null)]
    [InlineData(1000, nameof(OutcomeClass.Truncated), "the server closed the WebSocket with 1000")]
    [InlineData(1011, nameof(OutcomeClass.Truncated), "the server closed the WebSocket with 1011")]
    public async Task WebSocket_ServerCloses_ItsCodeDecides(int code, string outcome, string? detail)
    {
        WireResult result = await SendOnceAsync(_webSocket, async peer =>
        {
            await peer.SendAsync(Upgraded + Frame(0x1, "order 7") + Close(code));
            await peer.ReadSomeAsync();
        });

        Assert.Equal((outcome, 101), (result.Outcome.ToString(), result.Status));
        Assert.StartsWith(detail ?? "", result.Detail ?? "");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WebSocket_CutWithoutAClose_IsTruncated(bool reset)
    {
        WireResult result = await SendOnceAsync(_webSocket, async peer =>
        {
            await peer.SendAsync(Upgraded + Frame(0x1, "order 7"));
            if (reset) { peer.Reset(); }
        });

        Assert.Equal(OutcomeClass.Truncated, result.Outcome);
    }

    [Fact]
    public async Task WebSocket_ClientLeaves_SaysGoodbyeAndIsOk()
    {
        WireResult result = await SendOnceAsync(Of(TrafficKind.WebSocket, TimeSpan.FromMilliseconds(20)), static async peer =>
        {
            await peer.SendAsync(Upgraded);
            await peer.ReadSomeAsync(); // Its close.
            await peer.SendAsync(Close(1000));
        });

        Assert.Equal(OutcomeClass.Ok, result.Outcome);
    }

    [Fact]
    public async Task WebSocket_RefusedWhileLeaving_CountsByItsStatus()
    {
        WireResult result = await SendOnceAsync(_webSocket, static peer => peer.SendAsync(Answers.Unavailable));

        Assert.Equal(OutcomeClass.Unavailable, result.Outcome);
    }

    [Theory]
    [InlineData("0\r\n\r\n", nameof(OutcomeClass.Ok))]
    [InlineData("", nameof(OutcomeClass.Truncated))]
    public async Task Events_ServerEnds_OnlyAWholeEndIsOk(string end, string outcome)
    {
        WireResult result = await SendOnceAsync(_events, peer => peer.SendAsync(EventsHead + Event + end));

        Assert.Equal(outcome, result.Outcome.ToString());
    }

    [Fact]
    public async Task Events_ClientLeaves_IsOk()
    {
        WireResult result = await SendOnceAsync(Of(TrafficKind.Events, TimeSpan.FromMilliseconds(20)), static async peer =>
        {
            await peer.SendAsync(EventsHead + Event);
            await peer.WaitForCloseAsync();
        });

        Assert.Equal(OutcomeClass.Ok, result.Outcome);
    }

    private static RequestTemplate Of(TrafficKind kind, TimeSpan stay) => Templates.Of("GET", "/feed") with { Kind = kind, Stay = stay };

    private static async Task<WireResult> SendOnceAsync(RequestTemplate template, Func<TestPeer, Task> answer)
    {
        await using TestServer server = TestServer.StartOneRequest(answer);
        return await WireClient.SendOnceAsync(server, template);
    }

    // Latin-1 on the way out, so each character is one byte.
    private static string Frame(int opcode, string payload) => $"{(char)(0x80 | opcode)}{(char)payload.Length}{payload}";

    private static string Close(int code) => Frame(0x8, Encoding.Latin1.GetString([(byte)(code >> 8), (byte)code]));
}
