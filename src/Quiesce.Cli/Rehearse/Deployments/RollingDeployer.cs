using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The new instance first, then the old one leaves: Kubernetes' rolling update with a surge of one.</summary>
internal sealed class RollingDeployer(InstanceStarter starter, InstanceStopper stopper, IBalancer balancer, TimeProvider time) : IDeployer
{
    private readonly SteadyWait _steady = new(time);

    public async Task<Instance> StartFirstAsync(CancellationToken cancellationToken)
    {
        Instance first = await starter.StartAsync(FreePort.Find(), cancellationToken);
        balancer.Add(first.Endpoint);
        return first;
    }

    public async Task<(Instance Next, Stop Stop)> ReplaceAsync(Instance current, DeploymentOrder order, CancellationToken cancellationToken)
    {
        Instance next = await starter.StartAsync(FreePort.Find(), cancellationToken);
        balancer.Add(next.Endpoint);
        await _steady.WaitAsync(order.Steady, cancellationToken, current, next);
        Stop stop = await stopper.StopAsync(current, order.Signal, order.Number, cancellationToken);
        await _steady.RequireRunningAsync(next);
        return (next, stop);
    }
}
