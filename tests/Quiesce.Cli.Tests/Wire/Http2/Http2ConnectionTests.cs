using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire.Http2;

/// <summary>Each way in which a request of HTTP/2 can end, and its class.</summary>
public sealed class Http2ConnectionTests
{
    [Fact]
    public async Task Exchange_WholeAnswers_AreOkOnOneConnection()
    {
        await using Http2Client client = await Http2Client.ConnectAsync(static async peer =>
        {
            while (true) { await peer.AnswerAsync(await peer.ReadRequestAsync()); }
        });

        Http2Exchange first = await client.SendAsync();
        Http2Exchange second = await client.SendAsync();

        Assert.Equal((OutcomeClass.Ok, 200, null), (first.Result.Outcome, first.Result.Status, first.Result.Detail));
        Assert.Equal((0, null, 1, true), (first.Uses, first.LastUsedAt, second.Uses, second.LastUsedAt is not null));
    }

    [Fact]
    public async Task Exchange_InterimAnswerBodyAndTrailers_AreReadToTheEnd()
    {
        await using Http2Client client = await Http2Client.ConnectAsync(static async peer =>
        {
            int stream = await peer.ReadRequestAsync();
            await peer.SendHeadAsync(stream, 103, FrameFlags.None, ("retry-after", "9"));
            await peer.SendHeadAsync(stream, 503);
            await peer.SendAsync(FrameType.Data, FrameFlags.Padded, stream, 2, 1, 1, 1, 0, 0);
            await peer.SendAsync(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, stream, 0, 1, (byte)'x', 1, (byte)'y');
            await peer.WaitForCloseAsync();
        });

        Http2Exchange exchange = await client.SendAsync();

        // What the interim answer said is not taken for the final one's.
        Assert.Equal((OutcomeClass.ServerError, 503), (exchange.Result.Outcome, exchange.Result.Status));
    }

    [Fact]
    public async Task Exchange_ServiceUnavailableWithRetryAfter_IsUnavailableAndNotSentAgain()
    {
        await using Http2Client client = await Http2Client.ConnectAsync(static async peer =>
        {
            await peer.SendHeadAsync(await peer.ReadRequestAsync(), 503, FrameFlags.EndStream, ("retry-after", "1"));
            await peer.WaitForCloseAsync();
        });

        Http2Exchange exchange = await client.SendAsync();

        Assert.Equal((OutcomeClass.Unavailable, false), (exchange.Result.Outcome, exchange.IsUnprocessed));
    }

    [Theory]
    [InlineData(ErrorCode.RefusedStream, false, OutcomeClass.Unavailable, true)] // The server says that it did nothing.
    [InlineData(2, false, OutcomeClass.Reset, false)] // INTERNAL_ERROR: who knows what it did.
    [InlineData(ErrorCode.Cancel, false, OutcomeClass.Reset, false)]
    [InlineData(ErrorCode.RefusedStream, true, OutcomeClass.Truncated, false)] // It cannot take back an answer that it began.
    [InlineData(2, true, OutcomeClass.Truncated, false)]
    internal async Task Exchange_StreamIsReset_HasItsClass(int code, bool afterTheHead, OutcomeClass outcome, bool isUnprocessed)
    {
        await using Http2Client client = await Http2Client.ConnectAsync(async peer =>
        {
            int stream = await peer.ReadRequestAsync();
            if (afterTheHead) { await peer.SendHeadAsync(stream, 200); }
            await peer.ResetAsync(stream, code);
            await peer.WaitForCloseAsync();
        });

        Http2Exchange exchange = await client.SendAsync();

        Assert.Equal((outcome, isUnprocessed), (exchange.Result.Outcome, exchange.IsUnprocessed));
        Assert.Contains($"stream reset by peer ({ErrorCode.NameOf(code)})", exchange.Result.Detail);
    }

    [Theory]
    [InlineData(false, OutcomeClass.Reset)]
    [InlineData(true, OutcomeClass.Truncated)]
    internal async Task Exchange_ConnectionIsClosed_IsNotTakenForUnprocessed(bool afterTheHead, OutcomeClass outcome)
    {
        await using Http2Client client = await Http2Client.ConnectAsync(async peer =>
        {
            int stream = await peer.ReadRequestAsync();
            if (afterTheHead) { await peer.SendHeadAsync(stream, 200); }
        });

        Http2Exchange exchange = await client.SendAsync();

        Assert.Equal((outcome, false), (exchange.Result.Outcome, exchange.IsUnprocessed));
    }

    [Fact]
    public async Task Exchange_AsManyStreamsAsTheServerAllows_HasNoRoomForMore()
    {
        // Arrange
        var all = new TaskCompletionSource();
        await using Http2Client client = await Http2Client.ConnectAsync(async peer =>
        {
            int stream = await peer.ReadRequestAsync();
            await all.Task;
            await peer.AnswerAsync(stream);
            await peer.WaitForCloseAsync();
        }, (Http2Defaults.Setting.MaxConcurrentStreams, 1));
        await client.Connection.PingOrHangAsync();
        Task<Http2Exchange> first = client.SendAsync();

        // Act
        Http2Exchange? second = await client.TrySendAsync();
        all.SetResult();

        // Assert
        Assert.Null(second);
        Assert.Equal(OutcomeClass.Ok, (await first).Result.Outcome);
        Assert.True(client.Connection.HasRoom);
    }

    [Fact]
    public async Task Exchange_LimitIsReached_IsATimeoutAndTheServerIsTold()
    {
        // Arrange
        var asked = new TaskCompletionSource();
        var told = new TaskCompletionSource<int>();
        await using Http2Client client = await Http2Client.ConnectAsync(async peer =>
        {
            await peer.ReadRequestAsync();
            asked.SetResult();
            told.SetResult((await peer.ReadAsync(FrameType.ResetStream)).Payload[3]);
        });
        Task<Http2Exchange> sending = client.SendAsync();
        await asked.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        await client.ReachLimitAsync();

        // Assert
        Assert.Equal(OutcomeClass.Timeout, (await sending).Result.Outcome);
        Assert.Equal(ErrorCode.Cancel, await told.Task.WaitAsync(TestTimeouts.Hang));
    }
}
