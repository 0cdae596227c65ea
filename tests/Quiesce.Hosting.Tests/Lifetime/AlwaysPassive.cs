using Quiesce.Hosting.Lifetime;

namespace Quiesce.Hosting.Tests.Lifetime;

internal sealed class AlwaysPassive : IPassiveReason
{
    public string WhyPassive() => "the test says so";
}
