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
        checks.OnAsked(_one, "Prober", isReady: true);
        checks.OnAsked(_other, "Prober", isReady: true);

        for (int i = 0; i < 3; i++) { checks.OnAsked(_one, "Prober", isReady: false); }

        Assert.False(checks.SeenEnough.IsCompleted);
        for (int i = 0; i < 3; i++) { checks.OnAsked(_other, "Prober", isReady: false); }

        Assert.True(checks.SeenEnough.IsCompleted);
    }

    [Theory]
    [InlineData("kube-probe/1.33", "haproxy")]
    [InlineData("kube-probe/1.33", null)]
    public void Asked_TwoShareAnAddress_EachHasToSeeIt(string one, string? other)
    {
        var checks = new ReadinessChecks(_time);
        checks.OnAsked(_one, one, isReady: true);
        checks.OnAsked(_one, other, isReady: true);

        checks.OnAsked(_one, one, isReady: false);
        checks.OnAsked(_one, other, isReady: false);
        checks.OnAsked(_one, one, isReady: false);
        checks.OnAsked(_one, other, isReady: false);
        checks.OnAsked(_one, one, isReady: false);

        Assert.False(checks.SeenEnough.IsCompleted);
        checks.OnAsked(_one, other, isReady: false);
        Assert.True(checks.SeenEnough.IsCompleted);
    }

    [Fact]
    public void Asked_TheOtherHasNotAskedForLongerThanAMinute_IsForgotten()
    {
        var checks = new ReadinessChecks(_time);
        checks.OnAsked(_other, "Prober", isReady: true);
        _time.Advance(TimeSpan.FromSeconds(61));

        for (int i = 0; i < 3; i++) { checks.OnAsked(_one, "Prober", isReady: false); }

        Assert.True(checks.SeenEnough.IsCompleted);
    }
}
