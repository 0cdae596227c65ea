using System.Net;
using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Tests.Balancers;

public class DirectBalancerTests
{
    private static readonly Endpoint _first = new(1, new IPEndPoint(IPAddress.Loopback, 5001));
    private static readonly Endpoint _second = new(2, new IPEndPoint(IPAddress.Loopback, 5002));

    [Fact]
    public async Task Remove_NothingElseThere_GoesOnOfferingTheLeavingInstance()
    {
        // Arrange
        DirectBalancer balancer = new();
        _ = balancer.AddAsync(_first, CancellationToken.None);

        // Act
        await balancer.RemoveAsync(_first, CancellationToken.None);

        // Assert
        Assert.Equal(_first, balancer.Choose());
    }

    [Fact]
    public void Add_Successor_ReplacesTheInstance()
    {
        // Arrange
        DirectBalancer balancer = new();
        _ = balancer.AddAsync(_first, CancellationToken.None);

        // Act
        _ = balancer.AddAsync(_second, CancellationToken.None);

        // Assert
        Assert.Equal(_second, balancer.Choose());
    }
}
