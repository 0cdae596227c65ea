using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Rehearse.Load.Sending;
using Quiesce.Cli.Rehearse.Wire.Networks;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>A sender on manual time, with a pool that stays and a balancer that knows the last server started.</summary>
internal sealed class SenderRig : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public ManualTimeProvider Time { get; } = new();

    public DirectBalancer Balancer { get; } = new();

    public ConnectionPool Pool { get; } = new(seed: 1);

    public Http2Pool Http2Pool { get; } = new(seed: 1);

    public LoadOptions Options { get; set; } = new(Rate: 1, FreshShare: 0, Limit, [Templates.Get], Seed: 1);

    public TestServer StartServer(Func<TestPeer, Task> script, int instance = 1)
    {
        TestServer server = TestServer.Start(script, instance);
        _ = Balancer.AddAsync(server.Endpoint, CancellationToken.None);
        return server;
    }

    public Task<RequestRecord> SendAsync(bool fresh = false, long? scheduledAt = null, RequestTemplate? template = null)
    {
        RequestSender sender = new(Balancer, Loopback.Instance, Pool, Http2Pool, Options, new LoadJournal(Time), Time);
        PlannedRequest planned = new("1-1", template ?? Templates.Get, KnownId: null, fresh, scheduledAt ?? Time.GetTimestamp());
        return sender.SendAsync(planned).WaitAsync(TestTimeouts.Hang);
    }

    public void Dispose()
    {
        Pool.Dispose();
        Http2Pool.Dispose();
    }
}
