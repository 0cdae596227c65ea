using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class BurstTests
{
    private static readonly LoadOptions _options = new(Rate: 0.00001, FreshShare: 0, TimeSpan.FromSeconds(20), [Templates.Get], Seed: 42);

    [Fact]
    public async Task Burst_HalfOfIt_IsOnItsWayBeforeAnybodyGoesOn()
    {
        // Arrange: nothing else is due for days, and nobody answers.
        await using TestServer server = TestServer.StartOneRequest(static peer => peer.WaitForCloseAsync());
        DirectBalancer balancer = new();
        await balancer.AddAsync(server.Endpoint, CancellationToken.None);
        await using OpenLoopLoad load = OpenLoopLoad.Start(_options, balancer, TimeProvider.System);

        // Act
        await load.BurstAsync(20).WaitAsync(TestTimeouts.Hang);
        int begun = load.InFlight;
        await server.DisposeAsync();
        await load.StopAsync().WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.InRange(begun, 10, 20);
        Assert.Equal(20, load.Records.Count);
        Assert.All(load.Records, static record => Assert.True(record.InBurst));
        Assert.Equal(20, load.Records.Select(static record => record.Id).Distinct().Count());
        Assert.Equal(0, load.Lateness.Sent);
    }

    [Fact]
    public async Task Burst_LoadHasBeenStopped_SendsNothing()
    {
        await using OpenLoopLoad load = OpenLoopLoad.Start(_options, new DirectBalancer(), TimeProvider.System);
        await load.StopAsync().WaitAsync(TestTimeouts.Hang);

        await load.BurstAsync(20).WaitAsync(TestTimeouts.Hang);

        Assert.Equal(0, load.InFlight);
        Assert.Empty(load.Records);
    }
}
