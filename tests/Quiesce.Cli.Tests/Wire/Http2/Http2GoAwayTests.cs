using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire.Http2;

/// <summary>What becomes of requests on a connection that the server takes leave of.</summary>
public sealed class Http2GoAwayTests
{
    [Fact]
    public async Task Exchange_GoAwayLeavesAStreamOut_IsUnprocessedAndTheOtherIsAnswered()
    {
        // Arrange
        await using Http2Client client = await Http2Client.ConnectAsync(static async peer =>
        {
            int first = await peer.ReadRequestAsync();
            await peer.ReadRequestAsync();
            await peer.GoAwayAsync(first);
            await peer.AnswerAsync(first);
            await peer.WaitForCloseAsync();
        });

        // Act
        Http2Exchange[] exchanges = await Task.WhenAll(client.SendAsync(), client.SendAsync());

        // Assert
        Assert.Equal([OutcomeClass.Ok, OutcomeClass.Unavailable], exchanges.Select(static exchange => exchange.Result.Outcome));
        Assert.Equal([false, true], exchanges.Select(static exchange => exchange.IsUnprocessed));
        Assert.Contains("left out by GOAWAY (NO_ERROR)", exchanges[1].Result.Detail);
    }

    [Fact]
    public async Task Exchange_GoAwayAndThenACut_IsResetForThoseThatItLeftIn()
    {
        await using Http2Client client = await Http2Client.ConnectAsync(static async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.GoAwayAsync(int.MaxValue);
        });

        Http2Exchange exchange = await client.SendAsync();

        Assert.Equal((OutcomeClass.Reset, false), (exchange.Result.Outcome, exchange.IsUnprocessed));
    }

    [Fact]
    public async Task Exchange_AfterGoAway_OpensNothingMoreAndHangsUpAfterTheLast()
    {
        // Arrange
        var heard = new TaskCompletionSource();
        await using Http2Client client = await Http2Client.ConnectAsync(async peer =>
        {
            int stream = await peer.ReadRequestAsync();
            await peer.GoAwayAsync(int.MaxValue);
            await peer.SendAsync(FrameType.Ping, FrameFlags.None, 0, new byte[8]);
            await peer.ReadAsync(FrameType.Ping);
            heard.SetResult();
            await peer.AnswerAsync(stream);
            await peer.WaitForCloseAsync();
        });
        Task<Http2Exchange> first = client.SendAsync();
        await heard.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        Http2Exchange? late = await client.TrySendAsync();
        await client.Connection.Closed.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Null(late);
        Assert.Equal(OutcomeClass.Ok, (await first).Result.Outcome);
    }
}
