using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>One process after the other on the same port: what a restart does where nothing stands in front of the program.</summary>
internal sealed class InPlaceDeployer(
    InstanceStarter starter, InstanceStopper stopper, IBalancer balancer, int? port, TimeProvider time) : IDeployer
{
    private readonly SteadyWait _steady = new(time);

    public async Task<Instance> StartFirstAsync(CancellationToken cancellationToken)
    {
        if (port is { } given) { FreePort.Require(given); }
        Instance first = await starter.StartAsync(port ?? FreePort.Find(), cancellationToken);
        balancer.Add(first.Endpoint);
        return first;
    }

    public async Task<(Instance Next, Stop Stop)> ReplaceAsync(Instance current, DeploymentOrder order, CancellationToken cancellationToken)
    {
        await _steady.WaitAsync(order.Steady, cancellationToken, current);
        Stop stop = await stopper.StopAsync(current, order.Signal, order.Number, cancellationToken);
        Instance next = await starter.StartAsync(current.Port, cancellationToken);
        balancer.Add(next.Endpoint);
        return (next, stop);
    }
}
