using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>A network on manual time: nothing arrives before its time has come.</summary>
public sealed class DelayedNetworkTests
{
    private static readonly TimeSpan _delay = TimeSpan.FromMilliseconds(20);

    // Less a few steps of the clock: a timer that is set while the clock is being moved on counts from before.
    private static readonly TimeSpan _bothWays = (2 * _delay) - TimeSpan.FromMilliseconds(3);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Connect_Server_TakesBothWays()
    {
        // Arrange
        await using TestServer server = TestServer.Start(Answers.Perfect);
        await using var network = new DelayedNetwork(_delay, _time);

        // Act
        long startedAt = _time.GetTimestamp();
        using Socket? socket = (await PassingAsync(network.ConnectAsync(server.Endpoint.Address, CancellationToken.None))).Value;

        // Assert
        Assert.True(_time.GetElapsedTime(startedAt) > _bothWays);
    }

    [Fact]
    public async Task Connect_NobodyListens_IsRefused()
    {
        using ClosedPort port = new();
        await using var network = new DelayedNetwork(_delay, _time);

        Connected<Socket> connected = await PassingAsync(network.ConnectAsync(port.Endpoint.Address, CancellationToken.None));

        Assert.Equal(SocketError.ConnectionRefused, connected.Error?.SocketErrorCode);
    }

    [Fact]
    public async Task Exchange_WholeAnswer_IsOkAndTakesBothWays()
    {
        await using TestServer server = TestServer.Start(Answers.Perfect);
        await using var network = new DelayedNetwork(_delay, _time);
        using WireConnection connection = await ConnectAsync(network, server);

        WireResult result = await PassingAsync(WireClient.SendAsync(connection));

        Assert.Equal(OutcomeClass.Ok, result.Outcome);
        Assert.True(_time.GetElapsedTime(result.SentAt, result.EndedAt) > _bothWays);
    }

    [Theory]
    [InlineData(false, "connection closed by peer")]
    [InlineData(true, "connection reset by peer")]
    public async Task Exchange_CloseOfTheIdleConnectionIsStillUnderWay_IsLost(bool reset, string why)
    {
        // Arrange: an answer, then an end that nobody asked for.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await peer.SendAsync(Answers.Ok);
            await ended.Task;
            if (reset) { peer.Reset(); }
            else { peer.Close(); }
        });
        await using var network = new DelayedNetwork(_delay, _time);
        using WireConnection connection = await ConnectAsync(network, server);
        await PassingAsync(WireClient.SendAsync(connection));
        connection.BecomeIdle();

        // Act: time stands still while the server closes, so that the client cannot know.
        ended.SetResult();
        await server.WaitForScriptsAsync();
        bool known = connection.HasSpoken;
        WireResult result = await PassingAsync(WireClient.SendAsync(connection));

        // Assert
        Assert.False(known);
        Assert.Equal(OutcomeClass.Reset, result.Outcome);
        Assert.StartsWith(why, result.Detail);
    }

    private async Task<WireConnection> ConnectAsync(DelayedNetwork network, TestServer server) =>
        (await PassingAsync(WireConnection.ConnectAsync(server.Endpoint, network, _time, CancellationToken.None))).Value!;

    // Lets time pass until something has happened.
    private async Task<T> PassingAsync<T>(Task<T> task)
    {
        Task hang = Task.Delay(TestTimeouts.Hang, TimeProvider.System);
        while (!task.IsCompleted && !hang.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.True(task.IsCompleted, "Nothing happened.");
        return await task;
    }
}
