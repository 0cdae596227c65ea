using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>One planned request at a time: which connection carries it.</summary>
public sealed class RequestSenderConnectionTests : IDisposable
{
    private readonly SenderRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Send_IdleConnection_IsReusedAndItsHistoryRecorded()
    {
        // Arrange
        await using TestServer server = _rig.StartServer(Answers.Perfect);
        RequestRecord first = await _rig.SendAsync();

        // Act
        RequestRecord second = await _rig.SendAsync();

        // Assert
        Assert.Equal((0, null), (first.ConnectionUses, first.ConnectionLastUsedAt));
        Assert.Equal((1, (long?)first.EndedAt), (second.ConnectionUses, second.ConnectionLastUsedAt));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Send_ManyInSequence_KeepTheirOneConnection()
    {
        // Arrange: the socket's events come late now and then, and must not be taken for the server's word.
        await using TestServer server = _rig.StartServer(Answers.Perfect);

        // Act
        for (int i = 0; i < 500; i++) { await _rig.SendAsync(); }

        // Assert
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Send_FreshRequest_OpensAConnectionOfItsOwnAndClosesIt()
    {
        // Arrange
        TaskCompletionSource closedByClient = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = _rig.StartServer(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null) { await peer.SendAsync(Answers.Ok); }
            closedByClient.TrySetResult();
        });
        await _rig.SendAsync();

        // Act
        RequestRecord record = await _rig.SendAsync(fresh: true);

        // Assert
        Assert.Equal((OutcomeClass.Ok, 0), (record.Outcome, record.ConnectionUses));
        Assert.Equal((2, 1), (server.Connections, _rig.Pool.IdleCount));
        await closedByClient.Task.WaitAsync(TestTimeouts.Hang);
    }

    [Fact]
    public async Task Send_AnswerSaidClose_ReportsItAndNeverReuses()
    {
        // Arrange: a server that answers whatever comes, so that a client that reused would get away with it.
        await using TestServer server = _rig.StartServer(Answers.Always(Answers.OkAndClose));

        // Act
        RequestRecord[] records = [await _rig.SendAsync(), await _rig.SendAsync(), await _rig.SendAsync()];

        // Assert
        Assert.All(records, static record => Assert.Equal((OutcomeClass.Ok, 0), (record.Outcome, record.ConnectionUses)));
        Assert.All(records, static record => Assert.True(record.ConnectionCloseSeen));
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task Send_ServerClosesTheIdleConnection_IsNoticedAndNothingIsLost()
    {
        // Arrange: the server sees the client close in return, so by then the client has seen the server's FIN.
        TaskCompletionSource closedByClient = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = _rig.StartServer(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(Answers.Ok);
            peer.FinishSending();
            await peer.WaitForCloseAsync();
            closedByClient.TrySetResult();
        });
        await _rig.SendAsync();
        await closedByClient.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        RequestRecord record = await _rig.SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Ok, 0), (record.Outcome, record.ConnectionUses));
    }

    [Fact]
    public async Task Send_ServerClosesAsTheSecondRequestArrives_IsResetOnAUsedConnection()
    {
        // Arrange
        await using TestServer server = _rig.StartServer(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(Answers.Ok);
            await peer.ReadRequestAsync();
        });
        await _rig.SendAsync();

        // Act
        RequestRecord record = await _rig.SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Reset, 1), (record.Outcome, record.ConnectionUses));
    }

    [Fact]
    public async Task Send_BalancerOffersAnotherInstance_EstablishedConnectionStaysWithItsOwn()
    {
        // Arrange
        await using TestServer leaving = _rig.StartServer(Answers.Perfect);
        await _rig.SendAsync();
        await using TestServer successor = _rig.StartServer(Answers.Perfect, instance: 2);

        // Act
        RequestRecord pooled = await _rig.SendAsync();
        RequestRecord fresh = await _rig.SendAsync(fresh: true);

        // Assert
        Assert.Equal((1, 2), (pooled.Endpoint!.Instance, fresh.Endpoint!.Instance));
    }

    [Fact]
    public async Task Send_FewerConnectionsThanTheMinimum_OpensMoreBeforeReusing()
    {
        // Arrange
        _rig.Options = _rig.Options with { MinimumConnections = 3 };
        await using TestServer server = _rig.StartServer(Answers.Perfect);

        // Act
        for (int i = 0; i < 10; i++) { await _rig.SendAsync(); }

        // Assert
        Assert.Equal(3, server.Connections);
    }
}
