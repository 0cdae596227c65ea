using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire.Http2;

/// <summary>Bodies go out as the server has room for them.</summary>
public sealed class Http2UploadTests
{
    private static RequestTemplate Upload(int bytes) => Templates.Of("PUT", "/receipts") with { Kind = TrafficKind.Http2, UploadBytes = bytes };

    [Fact]
    public async Task Upload_ServerAllowsLittleAtATime_SendsThatAndNoMore()
    {
        // Arrange
        List<int> parts = [];
        await using Http2Client client = await Http2Client.ConnectAsync(async peer =>
        {
            int stream = await peer.ReadRequestAsync();
            while (true)
            {
                (_, FrameFlags flags, byte[] payload) = await peer.ReadAsync(FrameType.Data);
                parts.Add(payload.Length);
                if ((flags & FrameFlags.EndStream) != 0) { break; }
                await peer.AllowAsync(stream, 10);
            }

            await peer.AnswerAsync(stream);
            await peer.WaitForCloseAsync();
        }, (Http2Defaults.Setting.InitialWindowSize, 10));
        await client.Connection.PingOrHangAsync();

        // Act
        Http2Exchange exchange = await client.SendAsync(Upload(25));

        // Assert
        Assert.Equal(OutcomeClass.Ok, exchange.Result.Outcome);
        Assert.Equal([10, 10, 5], parts);
    }

    [Fact]
    public async Task Upload_AnsweredBeforeItsEnd_CountsByTheAnswerAndIsGivenUp()
    {
        // Arrange
        var givenUp = new TaskCompletionSource<int>();
        await using Http2Client client = await Http2Client.ConnectAsync(async peer =>
        {
            int stream = await peer.ReadRequestAsync();
            await peer.SendHeadAsync(stream, 413, FrameFlags.EndStream);
            givenUp.SetResult((await peer.ReadAsync(FrameType.ResetStream)).Payload[3]);
        });

        // Act
        Http2Exchange exchange = await client.SendAsync(Upload(1_000_000));

        // Assert
        Assert.Equal((OutcomeClass.Ok, 413), (exchange.Result.Outcome, exchange.Result.Status));
        Assert.Equal(ErrorCode.Cancel, await givenUp.Task.WaitAsync(TestTimeouts.Hang));
    }
}
