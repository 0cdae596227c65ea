using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>One planned request at a time, through the pool and the balancer.</summary>
public sealed class RequestSenderTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly DirectBalancer _balancer = new();
    private readonly ConnectionPool _pool = new(seed: 1);
    private LoadOptions _options = new(Rate: 1, FreshShare: 0, _limit, [Templates.Get], Seed: 1);

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task Send_NoReadyInstance_IsRefused()
    {
        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Refused, "no ready instance", null), (record.Outcome, record.Detail, record.Endpoint));
    }

    [Fact]
    public async Task Send_ClosedPort_IsRefused()
    {
        // Arrange
        await using (TestServer server = TestServer.Start(Answers.Perfect)) { _balancer.Add(server.Endpoint); }

        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Refused, "connection refused; nothing was sent"), (record.Outcome, record.Detail));
        Assert.Equal(1, record.Endpoint?.Instance);
    }

    [Fact]
    public async Task Send_ConnectionResetAsSoonAsItIsMade_IsResetHoweverEarlyTheClientSeesIt()
    {
        // Arrange: some of these resets overtake the end of the connect, others do not.
        await using TestServer server = TestServer.Start(peer =>
        {
            peer.Reset();
            return Task.CompletedTask;
        });
        _balancer.Add(server.Endpoint);

        // Act
        RequestRecord[] records = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SendAsync()));

        // Assert
        Assert.All(records, static record => Assert.Equal(OutcomeClass.Reset, record.Outcome));
    }

    [Fact]
    public async Task Send_IdleConnection_IsReusedAndItsHistoryRecorded()
    {
        // Arrange
        await using TestServer server = StartServer(Answers.Perfect);
        RequestRecord first = await SendAsync();

        // Act
        RequestRecord second = await SendAsync();

        // Assert
        Assert.Equal((0, null), (first.ConnectionUses, first.ConnectionLastUsedAt));
        Assert.Equal((1, (long?)first.EndedAt), (second.ConnectionUses, second.ConnectionLastUsedAt));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Send_FreshRequest_OpensAConnectionOfItsOwnAndClosesIt()
    {
        // Arrange
        TaskCompletionSource closedByClient = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = StartServer(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null) { await peer.SendAsync(Answers.Ok); }
            closedByClient.TrySetResult();
        });
        await SendAsync();

        // Act
        RequestRecord record = await SendAsync(fresh: true);

        // Assert
        Assert.Equal((OutcomeClass.Ok, 0), (record.Outcome, record.ConnectionUses));
        Assert.Equal((2, 1), (server.Connections, _pool.IdleCount));
        await closedByClient.Task.WaitAsync(TestTimeouts.Hang);
    }

    [Fact]
    public async Task Send_AnswerSaidClose_ReportsItAndNeverReuses()
    {
        // Arrange: a server that answers whatever comes, so that a client that reused would get away with it.
        await using TestServer server = StartServer(Answers.Always(Answers.OkAndClose));

        // Act
        RequestRecord[] records = [await SendAsync(), await SendAsync(), await SendAsync()];

        // Assert
        Assert.All(records, static record => Assert.Equal((OutcomeClass.Ok, 0, true), (record.Outcome, record.ConnectionUses, record.ConnectionCloseSeen)));
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task Send_ServerClosesTheIdleConnection_IsNoticedAndNothingIsLost()
    {
        // Arrange: the server sees the client close in return, so by then the client has seen the server's FIN.
        TaskCompletionSource closedByClient = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = StartServer(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(Answers.Ok);
            peer.FinishSending();
            await peer.WaitForCloseAsync();
            closedByClient.TrySetResult();
        });
        await SendAsync();
        await closedByClient.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Ok, 0), (record.Outcome, record.ConnectionUses));
    }

    [Fact]
    public async Task Send_ServerClosesAsTheSecondRequestArrives_IsResetOnAUsedConnection()
    {
        // Arrange
        await using TestServer server = StartServer(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(Answers.Ok);
            await peer.ReadRequestAsync();
        });
        await SendAsync();

        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Reset, 1), (record.Outcome, record.ConnectionUses));
    }

    [Fact]
    public async Task Send_SilentServer_TimesOutAtTheLimitAfterTheScheduledInstant()
    {
        // Arrange: due 4 s ago, so 1 s of the limit is left.
        long scheduledAt = _time.GetTimestamp();
        _time.Advance(_limit - TimeSpan.FromSeconds(1));
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = StartServer(async peer =>
        {
            await peer.ReadRequestAsync();
            arrived.SetResult();
            await peer.WaitForCloseAsync();
        });

        // Act
        Task<RequestRecord> sending = SendAsync(scheduledAt: scheduledAt);
        await arrived.Task.WaitAsync(TestTimeouts.Hang);
        _time.Advance(TimeSpan.FromMilliseconds(1_001));
        RequestRecord record = await sending;

        // Assert
        Assert.Equal((OutcomeClass.Timeout, 0), (record.Outcome, _pool.OpenCount));
        Assert.Equal(_limit.TotalSeconds, _time.GetElapsedTime(record.ScheduledAt, record.EndedAt).TotalSeconds, tolerance: 0.01);
    }

    [Fact]
    public async Task Send_FewerConnectionsThanTheMinimum_OpensMoreBeforeReusing()
    {
        // Arrange
        _options = _options with { MinimumConnections = 3 };
        await using TestServer server = StartServer(Answers.Perfect);

        // Act
        for (int i = 0; i < 10; i++) { await SendAsync(); }

        // Assert
        Assert.Equal(3, server.Connections);
    }

    private TestServer StartServer(Func<TestPeer, Task> script)
    {
        TestServer server = TestServer.Start(script);
        _balancer.Add(server.Endpoint);
        return server;
    }

    private Task<RequestRecord> SendAsync(bool fresh = false, long? scheduledAt = null)
    {
        RequestSender sender = new(_balancer, _pool, _options, new LoadJournal(_time), _time);
        PlannedRequest planned = new("1-1", Templates.Get, KnownId: null, fresh, scheduledAt ?? _time.GetTimestamp());
        return sender.SendAsync(planned).WaitAsync(TestTimeouts.Hang);
    }
}
