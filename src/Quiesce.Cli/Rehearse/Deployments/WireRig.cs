using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Balancers.Proxies;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The real rig: an open-loop load over sockets that hide nothing.</summary>
internal sealed class WireRig(TimeProvider time) : IRig
{
    public IBalancer CreateBalancer(RehearseSettings settings) => settings.Balancer switch
    {
        BalancerKind.Kube => new KubeBalancer(new KubeBalancerOptions(settings.EndpointLag.Min, settings.EndpointLag.Max, settings.Seed), time),
        BalancerKind.Haproxy => new HaproxyBalancer(settings.Ready, settings.HasHttp2, LogOf(settings), time),
        BalancerKind.Nginx => new NginxBalancer(
            new EndpointLag(settings.EndpointLag.Min, settings.EndpointLag.Max, settings.Seed), settings.HasHttp2, LogOf(settings), time),
        _ => new DirectBalancer(),
    };

    public ILoad StartLoad(LoadOptions options, IBalancer balancer) => OpenLoopLoad.Start(options, balancer, time);

    // Beside the instances' own: the balancer's view of each stop is evidence.
    private static string? LogOf(RehearseSettings settings) =>
        settings.LogDirectory is { } directory ? Path.Combine(directory, $"{Names.Of(settings.Balancer)}.log") : null;
}
