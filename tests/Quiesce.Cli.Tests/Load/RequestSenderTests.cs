using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>One planned request at a time: what becomes of it.</summary>
public sealed class RequestSenderTests : IDisposable
{
    private readonly SenderRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Send_NoReadyInstance_IsRefused()
    {
        // Act
        RequestRecord record = await _rig.SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Refused, "no ready instance", null), (record.Outcome, record.Detail, record.Endpoint));
    }

    [Fact]
    public async Task Send_ClosedPort_IsRefused()
    {
        // Arrange
        using ClosedPort port = new();
        await _rig.Balancer.AddAsync(port.Endpoint, CancellationToken.None);

        // Act
        RequestRecord record = await _rig.SendAsync();

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
        await _rig.Balancer.AddAsync(server.Endpoint, CancellationToken.None);

        // Act
        RequestRecord[] records = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => _rig.SendAsync()));

        // Assert
        Assert.All(records, static record => Assert.Equal(OutcomeClass.Reset, record.Outcome));
    }

    [Fact]
    public async Task Send_SilentServer_TimesOutAtTheLimitAfterTheScheduledInstant()
    {
        // Arrange: due 4 s ago, so 1 s of the limit is left.
        long scheduledAt = _rig.Time.GetTimestamp();
        _rig.Time.Advance(SenderRig.Limit - TimeSpan.FromSeconds(1));
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = _rig.StartServer(async peer =>
        {
            await peer.ReadRequestAsync();
            arrived.SetResult();
            await peer.WaitForCloseAsync();
        });

        // Act
        Task<RequestRecord> sending = _rig.SendAsync(scheduledAt: scheduledAt);
        await arrived.Task.WaitAsync(TestTimeouts.Hang);
        _rig.Time.Advance(TimeSpan.FromMilliseconds(1_001));
        RequestRecord record = await sending;

        // Assert
        Assert.Equal((OutcomeClass.Timeout, 0), (record.Outcome, _rig.Pool.OpenCount));
        TimeSpan latency = _rig.Time.GetElapsedTime(record.ScheduledAt, record.EndedAt);
        Assert.Equal(SenderRig.Limit.TotalSeconds, latency.TotalSeconds, tolerance: 0.01);
    }

    [Fact]
    public async Task Send_IdleConnectionAndLimitAlreadyPassed_SendsNothingAndSaysSo()
    {
        // Arrange
        CountingServer counting = new(awaited: 1);
        await using TestServer server = _rig.StartServer(counting.Answer(static (peer, _) => peer.SendAsync(Answers.Ok)));
        long scheduledAt = _rig.Time.GetTimestamp();
        await _rig.SendAsync();
        _rig.Time.Advance(SenderRig.Limit * 2);

        // Act
        RequestRecord record = await _rig.SendAsync(scheduledAt: scheduledAt);

        // Assert
        Assert.Equal((OutcomeClass.Timeout, "the limit passed before the request was sent"), (record.Outcome, record.Detail));
        Assert.Equal(1, counting.Requests);
    }
}
