using System.Net;
using Quiesce.AspNetCore.Announcing;
using Quiesce.Testing;

namespace Quiesce.AspNetCore.Tests.Announcing;

public sealed class ReadinessChecksTests
{
    private static readonly IPAddress _one = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress _other = IPAddress.Parse("127.0.0.3");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Asked_OneBalancerHasSeenItAndAnotherHasNot_IsNotEnough()
    {
        var checks = new ReadinessChecks(_time);
        checks.OnAsked(_one, isReady: true);
        checks.OnAsked(_other, isReady: true);

        for (int i = 0; i < 3; i++) { checks.OnAsked(_one, isReady: false); }

        Assert.False(checks.SeenEnough.IsCompleted);
        for (int i = 0; i < 3; i++) { checks.OnAsked(_other, isReady: false); }

        Assert.True(checks.SeenEnough.IsCompleted);
    }

    [Fact]
    public void Asked_TheOtherHasNotAskedForLongerThanAMinute_IsForgotten()
    {
        var checks = new ReadinessChecks(_time);
        checks.OnAsked(_other, isReady: true);
        _time.Advance(TimeSpan.FromSeconds(61));

        for (int i = 0; i < 3; i++) { checks.OnAsked(_one, isReady: false); }

        Assert.True(checks.SeenEnough.IsCompleted);
    }
}
