using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Schedule;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public class OpenLoopLoadTests
{
    private static readonly LoadOptions _options =
        new(Rate: 500, FreshShare: 0.3, TimeSpan.FromSeconds(20), [Templates.Get, Templates.Order, Templates.Lookup], Seed: 42);

    [Fact]
    public async Task Load_PerfectServer_EveryRequestIsSentOnceAndOk()
    {
        // Arrange
        CountingServer counting = new(awaited: 500);
        await using TestServer server = TestServer.Start(counting.Answer(static (peer, _) => peer.SendAsync(Answers.Ok)));

        // Act
        IReadOnlyList<RequestRecord> records = await RunAsync(server, counting, _options);

        // Assert
        Assert.All(records, static record => Assert.Equal(OutcomeClass.Ok, record.Outcome));
        Assert.Equal(counting.Requests, records.Count);
        Assert.Equal(records.Count, records.Select(static record => record.Id).Distinct().Count());
        Assert.All(records, static record => Assert.Equal(1, record.Endpoint!.Instance));
        Assert.DoesNotContain(counting.Heads, static head => head.Contains("{id}") || head.Contains("{known}"));
        string[] orders = [.. counting.Heads.Where(static head => head.StartsWith("POST ", StringComparison.Ordinal))];
        Assert.Equal(orders.Length, orders.Distinct().Count());
    }

    [Theory]
    [InlineData(0, 0, 0.3)]
    [InlineData(0.3, 0.2, 0.6)]
    [InlineData(1, 1, 1)]
    public async Task Load_FreshShare_IsKept(double share, double atLeast, double atMost)
    {
        // Arrange: above the share lie the pooled requests that found no idle connection. At a low rate there are few, on a busy machine too.
        CountingServer counting = new(awaited: 150);
        await using TestServer server = TestServer.Start(counting.Answer(static (peer, _) => peer.SendAsync(Answers.Ok)));

        // Act
        IReadOnlyList<RequestRecord> records = await RunAsync(server, counting, _options with { Rate = 100, FreshShare = share });

        // Assert
        Assert.InRange(records.Count(static record => record.ConnectionUses == 0) / (double)records.Count, atLeast, atMost);
    }

    [Fact]
    public async Task Load_EverySeventhRequestIsReset_ReportsExactlyThose()
    {
        // Arrange
        CountingServer counting = new(awaited: 350);
        await using TestServer server = TestServer.Start(counting.Answer(static (peer, number) =>
        {
            if (number % 7 != 0) { return peer.SendAsync(Answers.Ok); }
            peer.Reset();
            return Task.CompletedTask;
        }));

        // Act
        IReadOnlyList<RequestRecord> records = await RunAsync(server, counting, _options);

        // Assert
        Assert.Equal(counting.Requests / 7, records.Count(static record => record.Outcome == OutcomeClass.Reset));
        Assert.Equal(counting.Requests - (counting.Requests / 7), records.Count(static record => record.Outcome == OutcomeClass.Ok));
    }

    [Fact]
    public async Task Load_ServerDoesNotAnswer_GoesOnSending()
    {
        // Arrange: nothing is answered until 50 requests have arrived; a load that waited would never get there.
        CountingServer counting = new(awaited: 50);
        await using TestServer server = TestServer.Start(counting.Answer(async (peer, _) =>
        {
            await counting.Reached;
            await peer.SendAsync(Answers.Ok);
        }));

        // Act
        IReadOnlyList<RequestRecord> records = await RunAsync(server, counting, _options);

        // Assert
        Assert.All(records, static record => Assert.Equal(OutcomeClass.Ok, record.Outcome));
    }

    [Fact]
    public async Task Load_Disposed_ClosesEveryConnection()
    {
        // Arrange
        CountingServer counting = new(awaited: 50);
        int open = 0;
        await using TestServer server = TestServer.Start(async peer =>
        {
            Interlocked.Increment(ref open);
            await counting.Answer(static (connection, _) => connection.SendAsync(Answers.Ok))(peer);
            Interlocked.Decrement(ref open);
        });
        await RunAsync(server, counting, _options with { FreshShare = 0 });

        // Act: the scripts end only when their client closes; disposing the server would reset the rest.
        await server.WaitForScriptsAsync();

        // Assert
        Assert.Equal(0, open);
    }

    [Fact]
    public async Task Load_MoreInFlightThanTheCap_FailsLoudly()
    {
        // Arrange
        TestServer server = TestServer.StartOneRequest(static peer => peer.WaitForCloseAsync());
        await using OpenLoopLoad load = OpenLoopLoad.Start(_options, BalancerFor(server), TimeProvider.System, cap: 5);

        // Act
        LoadFailedException early = await load.Failed.WaitAsync(TestTimeouts.Hang);
        await server.DisposeAsync();
        LoadFailedException atStop = await Assert.ThrowsAsync<LoadFailedException>(load.StopAsync);

        // Assert
        Assert.Same(early, atStop);
        Assert.StartsWith("5 requests were in flight when 2a-6 was due", atStop.Message, StringComparison.Ordinal);
        Assert.Equal((5, 0), (load.Records.Count, load.InFlight));
    }

    [Fact]
    public async Task Load_FarBehindItsSchedule_CountsEveryLateRequestSentOrNot()
    {
        // Arrange: the clock jumps, so everything up to then is due at once. The same seed tells how many that are.
        ManualTimeProvider time = new();
        TimeSpan jump = TimeSpan.FromSeconds(4);
        int due = CountDue(new ManualTimeProvider(), jump - LoadDefaults.Late);
        CountingServer counting = new(awaited: 10);
        await using TestServer server = TestServer.Start(counting.Answer(static (peer, _) => peer.SendAsync(Answers.Ok)));
        await using OpenLoopLoad load = OpenLoopLoad.Start(_options, BalancerFor(server), time);

        // Act
        time.Advance(jump);
        await counting.Reached;
        await load.StopAsync();

        // Assert
        Assert.Equal(due, load.Lateness.LateCount);
        Assert.InRange(load.Lateness.Worst, jump - TimeSpan.FromMilliseconds(50), jump);
        Assert.Equal(load.Records.Count, load.Lateness.Sent);
    }

    [Fact]
    public async Task Load_StoppedFarBehindItsSchedule_CountsWhatItNeverSentAsLate()
    {
        // Arrange: both threads of the schedule are held up until it is told to stop, 4 s late.
        ManualTimeProvider clock = new();
        TimeSpan jump = TimeSpan.FromSeconds(4);
        int due = CountDue(new ManualTimeProvider(), jump - LoadDefaults.Late);
        await using TestServer server = TestServer.Start(Answers.Perfect);
        using HeldUpTimeProvider time = new(clock, LoadSchedule.ThreadName);
        await using OpenLoopLoad load = OpenLoopLoad.Start(_options, BalancerFor(server), time);

        // Act
        Task stopping = load.StopAsync();
        clock.Advance(jump);
        time.Release();
        await stopping.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(due, load.Lateness.LateCount);
        Assert.InRange(load.Lateness.Sent, 0, 1);
    }

    private static int CountDue(ManualTimeProvider time, TimeSpan until)
    {
        RequestPlan plan = new(_options, new KnownIds(), time);
        int count = 0;
        while (time.GetElapsedTime(0, plan.DueAt) < until)
        {
            plan.Next();
            count++;
        }

        return count;
    }

    private static async Task<IReadOnlyList<RequestRecord>> RunAsync(TestServer server, CountingServer counting, LoadOptions options)
    {
        await using OpenLoopLoad load = OpenLoopLoad.Start(options, BalancerFor(server), TimeProvider.System);
        await counting.Reached;
        await load.StopAsync();
        return load.Records;
    }

    private static DirectBalancer BalancerFor(TestServer server)
    {
        DirectBalancer balancer = new();
        _ = balancer.AddAsync(server.Endpoint, CancellationToken.None);
        return balancer;
    }
}
