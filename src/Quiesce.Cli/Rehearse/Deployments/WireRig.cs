using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The real rig: an open-loop load over sockets that hide nothing.</summary>
internal sealed class WireRig(TimeProvider time) : IRig
{
    public IBalancer CreateBalancer(RehearseSettings settings) => settings.Balancer == BalancerKind.Kube
        ? new KubeBalancer(new KubeBalancerOptions(settings.EndpointLag.Min, settings.EndpointLag.Max, settings.Seed), time)
        : new DirectBalancer();

    public ILoad StartLoad(LoadOptions options, IBalancer balancer) => OpenLoopLoad.Start(options, balancer, time);
}
