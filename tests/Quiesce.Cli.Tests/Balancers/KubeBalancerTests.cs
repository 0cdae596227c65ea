using System.Net;
using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Tests.Balancers;

public class KubeBalancerTests
{
    private static readonly TimeSpan _lagMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _lagMax = TimeSpan.FromSeconds(3);
    private static readonly Endpoint _first = new(1, new IPEndPoint(IPAddress.Loopback, 5001));
    private static readonly Endpoint _second = new(2, new IPEndPoint(IPAddress.Loopback, 5002));

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Choose_EmptyTable_IsNull()
    {
        // Act
        Endpoint? chosen = Create().Choose();

        // Assert
        Assert.Null(chosen);
    }

    [Fact]
    public void Choose_TwoInstances_TakesEachAboutHalfOfTheTime()
    {
        // Arrange
        KubeBalancer balancer = CreateWithBoth();

        // Act
        int first = Enumerable.Range(0, 1_000).Count(_ => balancer.Choose() == _first);

        // Assert
        Assert.InRange(first, 400, 600);
    }

    [Fact]
    public void Add_SameInstanceTwice_DoesNotFavourIt()
    {
        // Arrange
        KubeBalancer balancer = CreateWithBoth();

        // Act
        _ = balancer.AddAsync(_first with { }, CancellationToken.None);

        // Assert
        Assert.InRange(Enumerable.Range(0, 1_000).Count(_ => balancer.Choose() == _first), 400, 600);
    }

    [Fact]
    public async Task Remove_ShortestLagNotYetPassed_StillOffersTheLeavingInstance()
    {
        // Arrange
        KubeBalancer balancer = CreateWithBoth();
        using CancellationTokenSource stop = new();

        // Act
        Task removing = balancer.RemoveAsync(_first, stop.Token);
        _time.Advance(_lagMin - TimeSpan.FromTicks(1));

        // Assert
        Assert.False(removing.IsCompleted);
        Assert.Contains(_first, Choices(balancer));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removing);
        Assert.Contains(_first, Choices(balancer));
    }

    [Fact]
    public async Task Remove_LongestLagPassed_OffersOnlyTheOther()
    {
        // Arrange
        KubeBalancer balancer = CreateWithBoth();

        // Act
        Task removing = balancer.RemoveAsync(_first, CancellationToken.None);
        _time.Advance(_lagMax);
        await removing;

        // Assert
        Assert.DoesNotContain(_first, Choices(balancer));
    }

    [Fact]
    public void Remove_ManyTimes_DrawsLagsFromTheWholeRange()
    {
        // Arrange
        KubeBalancer balancer = Create();
        Task[] removals = [.. Enumerable.Range(0, 1_000).Select(_ => balancer.RemoveAsync(_first, CancellationToken.None))];

        // Act
        _time.Advance(_lagMin + ((_lagMax - _lagMin) / 2));

        // Assert
        Assert.InRange(removals.Count(static removal => removal.IsCompletedSuccessfully), 400, 600);
    }

    [Fact]
    public void Create_LagsOutOfOrder_SaysSo()
    {
        // Arrange
        KubeBalancerOptions options = new(_lagMax, _lagMin, Seed: 1);

        // Act
        ArgumentException error = Assert.Throws<ArgumentException>(() => new KubeBalancer(options, _time));

        // Assert
        Assert.Contains("from 00:00:03 to 00:00:00.2000000", error.Message, StringComparison.Ordinal);
    }

    private KubeBalancer Create() => new(new KubeBalancerOptions(_lagMin, _lagMax, Seed: 7), _time);

    private KubeBalancer CreateWithBoth()
    {
        KubeBalancer balancer = Create();
        _ = balancer.AddAsync(_first, CancellationToken.None);
        _ = balancer.AddAsync(_second, CancellationToken.None);
        return balancer;
    }

    private static Endpoint?[] Choices(KubeBalancer balancer) => [.. Enumerable.Range(0, 100).Select(_ => balancer.Choose()).Distinct()];
}
