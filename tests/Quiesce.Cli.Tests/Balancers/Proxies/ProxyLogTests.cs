using Quiesce.Cli.Rehearse.Balancers.Proxies;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Balancers.Proxies;

/// <summary>What the logs of the proxies tell, as these versions write them.</summary>
public sealed class ProxyLogTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Haproxy_ServerGoesDown_IsSeenAtItsFirstMention()
    {
        // Arrange
        var servers = new HaproxyServers(_time);
        Task<long> down = servers.When("program/i1", isUp: false);
        servers.Take("[WARNING]  (22619) : Server program/i1 is UP/READY (leaving forced maintenance).");
        servers.Take("Server program/i2 is DOWN, reason: Layer7 wrong status, code: 503, check duration: 1ms.");

        // Act
        bool early = down.IsCompleted;
        servers.Take("[WARNING]  (22619) : Server program/i1 is DOWN, reason: Layer7 wrong status, code: 503, check duration: 1ms.");
        long at = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        servers.Take("Server program/i1 is DOWN, reason: Layer7 wrong status, code: 503, check duration: 1ms.");

        // Assert
        Assert.False(early);
        Assert.Equal(at, await down.WaitAsync(TestTimeouts.Hang));
        Assert.Equal(at, await servers.When("program/i1", isUp: false).WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public void Nginx_Reload_IsInForceWhenTheWorkerThatWasCurrentLeaves()
    {
        // Arrange
        var workers = new NginxWorkers(_time);
        workers.Take("2026/11/25 09:55:19 [notice] 7#7: start worker processes");
        workers.Take("2026/11/25 09:55:19 [notice] 7#7: start worker process 8");
        Task<long> inForce = workers.WhenCurrentLeaves();

        // Act
        workers.Take("2026/11/25 09:55:20 [notice] 7#7: start worker process 9");
        bool early = inForce.IsCompleted;
        workers.Take("2026/11/25 09:55:20 [notice] 8#8: gracefully shutting down");

        // Assert
        Assert.True(workers.First.IsCompletedSuccessfully);
        Assert.False(early);
        Assert.True(inForce.IsCompletedSuccessfully);
        Assert.False(workers.WhenCurrentLeaves().IsCompleted);
    }
}
