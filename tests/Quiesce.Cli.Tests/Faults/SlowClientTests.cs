using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Faults.Clients;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Faults;

/// <summary>Clients that are in the middle of a transfer at the signal, and come to its end after it.</summary>
public sealed class SlowClientTests
{
    // More than the kernel takes off the server's hands on a connection with a card's segments, less than it takes on loopback's own.
    private const int Large = 1_000_000;

    private static readonly RequestTemplate _order = Templates.Of("POST", "/orders/{id}", "0123456789");

    [Fact]
    public async Task Slow_LargeAnswer_IsInTheMiddleUntilTheSignalAndThenReadToItsEnd()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await peer.SendAsync(Answer(Large));
            sent.SetResult();
        });
        await using SlowClient client = Slow(server);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.False(sent.Task.IsCompleted);
        Assert.False(client.Ended.IsCompleted);
        client.AfterSignal();
        Assert.True(client.WasReady);
        Assert.Equal(FaultEnd.Answered, await client.EndAsync().WaitAsync(TestTimeouts.Hang));
        Assert.Equal(200, client.Status);
        await sent.Task.WaitAsync(TestTimeouts.Hang);
    }

    [Fact]
    public async Task Slow_ClockStandsStill_NothingIsRead()
    {
        ManualTimeProvider time = new();
        await using TestServer server = TestServer.StartOneRequest(static peer => peer.SendAsync(Answer(2)));
        await using SlowClient client = Slow(server, time);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);
        client.AfterSignal();
        await time.WaitForTimerAsync().WaitAsync(TestTimeouts.Hang);

        Assert.False(client.Ended.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(FaultEnd.Answered, await client.Ended.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task Slow_Connection_HasTheSegmentsOfANetworkAndNotOfLoopback()
    {
        int segment = 0;
        await using TestServer server = TestServer.StartOneRequest(peer =>
        {
            segment = peer.SegmentBytes();
            return peer.SendAsync(Answer(2));
        });
        await using SlowClient client = Slow(server);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.InRange(segment, 1, 1460);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", nameof(FaultEnd.CutOff))]
    [InlineData("", nameof(FaultEnd.Closed))]
    public async Task Slow_ServerClosesTooEarly_IsToldFromWhatHadBegun(string answer, string end)
    {
        await using TestServer server = TestServer.StartOneRequest(peer => peer.SendAsync(answer));
        await using SlowClient client = Slow(server);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);
        client.AfterSignal();

        Assert.Equal(end, (await client.Ended.WaitAsync(TestTimeouts.Hang)).ToString());
    }

    [Fact]
    public async Task Slow_ServerResetsBeforeItAnswers_IsReset()
    {
        await using TestServer server = TestServer.StartOneRequest(static peer =>
        {
            peer.Reset();
            return Task.CompletedTask;
        });
        await using SlowClient client = Slow(server);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(FaultEnd.Reset, await client.Ended.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task SlowSender_Body_IsHalfWayUntilTheSignalAndThenSentToItsEnd()
    {
        string atSignal = "", request = "";
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = TestServer.Start(async peer =>
        {
            do { await peer.ReadPartAsync(); }
            while (!peer.Unread.EndsWith("01234", StringComparison.Ordinal));
            atSignal = peer.Unread;
            half.SetResult();
            request = (await peer.ReadRequestAsync())!;
            await peer.SendAsync(Answer(2));
        });
        await using SlowSender client = Sender(server);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);
        await half.Task.WaitAsync(TestTimeouts.Hang);
        client.AfterSignal();

        Assert.Equal(FaultEnd.Answered, await client.Ended.WaitAsync(TestTimeouts.Hang));
        Assert.EndsWith("\r\n\r\n01234", atSignal, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n0123456789", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SlowSender_ClockMovesByOnePause_OnePieceIsSent()
    {
        ManualTimeProvider time = new();
        using var received = new SemaphoreSlim(0);
        string text = "";
        await using TestServer server = TestServer.Start(async peer =>
        {
            while (!text.EndsWith("0123456789", StringComparison.Ordinal))
            {
                await peer.ReadPartAsync();
                text = peer.Unread;
                received.Release();
            }
        });
        await using SlowSender client = Sender(server, time);
        await client.StartAsync().WaitAsync(TestTimeouts.Hang);
        client.AfterSignal();
        await received.WaitAsync().WaitAsync(TestTimeouts.Hang);

        foreach (char next in "56789")
        {
            await time.WaitForTimerAsync().WaitAsync(TestTimeouts.Hang);
            time.Advance(TimeSpan.FromMilliseconds(50));
            await received.WaitAsync().WaitAsync(TestTimeouts.Hang);
            Assert.Equal(next, text[^1]);
        }
    }

    [Fact]
    public async Task SlowSender_ServerAnswersBeforeTheBodyHasEnded_IsAnswered()
    {
        await using TestServer server = TestServer.Start(static async peer =>
        {
            await peer.ReadPartAsync();
            await peer.SendAsync("HTTP/1.1 503 Leaving\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
        });
        await using SlowSender client = Sender(server);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(FaultEnd.Answered, await client.Ended.WaitAsync(TestTimeouts.Hang));
        Assert.Equal(503, client.Status);
    }

    [Fact]
    public async Task SlowSender_ServerResetsInTheMiddleOfTheBody_IsReset()
    {
        await using TestServer server = TestServer.Start(static async peer =>
        {
            await peer.ReadPartAsync();
            peer.Reset();
        });
        await using SlowSender client = Sender(server);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);
        client.AfterSignal();

        Assert.Equal(FaultEnd.Reset, await client.Ended.WaitAsync(TestTimeouts.Hang));
    }

    private static string Answer(int length) => $"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{new string('x', length)}";

    private static SlowClient Slow(TestServer server, TimeProvider? time = null) =>
        new(FaultRequests.Get("/", server.Endpoint.Address), server.Endpoint.Address, time ?? TimeProvider.System);

    private static SlowSender Sender(TestServer server, TimeProvider? time = null) =>
        new(FaultRequests.Render(_order, server.Endpoint.Address, "fault-1"), server.Endpoint.Address, time ?? TimeProvider.System);
}
