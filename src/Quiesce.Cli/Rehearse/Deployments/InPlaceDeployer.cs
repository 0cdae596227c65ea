using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>One process after the other on the same port: what a restart does where nothing stands in front of the program.</summary>
internal sealed class InPlaceDeployer(
    InstanceStarter starter, InstanceStopper stopper, IBalancer balancer, int? port, TimeProvider time) : IDeployer
{
    private readonly SteadyWait _steady = new(time);
    private Instance? _current;

    public IReadOnlyList<Instance> Running => _current is null ? [] : [_current];

    public async Task StartFirstAsync(CancellationToken cancellationToken)
    {
        if (port is { } given) { FreePort.Require(given); }
        await StartAsync(port ?? FreePort.Find(), cancellationToken);
    }

    public async Task<Stop> ReplaceAsync(DeploymentOrder order, CancellationToken cancellationToken)
    {
        Instance current = _current!;
        await _steady.WaitAsync(order.Steady, cancellationToken, current);
        Stop stop = await stopper.StopAsync(current, order, cancellationToken);
        FaultRecord[] early = await starter.InterruptAsync(port ?? FreePort.Find(), order.Faults, cancellationToken);
        await StartAsync(current.Port, cancellationToken);
        return stop with { Faults = [.. stop.Faults, .. early] };
    }

    private async Task StartAsync(int where, CancellationToken cancellationToken)
    {
        _current = await starter.StartAsync(where, cancellationToken);
        await balancer.AddAsync(_current.Endpoint, cancellationToken);
    }
}
