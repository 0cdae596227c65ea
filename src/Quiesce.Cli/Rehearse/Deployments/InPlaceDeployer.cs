using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>One process after the other on the same port: what a restart does where nothing stands in front of the program.</summary>
internal sealed class InPlaceDeployer(
    InstanceStarter starter, InstanceStopper stopper, IBalancer balancer, IRehearsalProgress progress, int? port, SteadyWait steady) : IDeployer
{
    private Instance? _current;

    public IReadOnlyList<Instance> Running => _current is null ? [] : [_current];

    public async Task StartFirstAsync(CancellationToken cancellationToken)
    {
        if (port is { } given) { FreePort.Require(given); }
        await StartAsync(port ?? FreePort.Find(), http2Where: null, cancellationToken);
    }

    public async Task<Stop> ReplaceAsync(DeploymentOrder order, CancellationToken cancellationToken)
    {
        Instance current = _current!;
        progress.Phase("load before the signal");
        await steady.WaitAsync(order.Steady, cancellationToken, current);
        progress.Phase($"{Signals.NameOf(order.Signal)} sent, the instance leaves");
        Stop stop = await stopper.StopAsync(current, order, cancellationToken);
        progress.Phase("the next instance starts");
        FaultRecord[] early = await starter.InterruptAsync(port ?? FreePort.Find(), order.Faults, cancellationToken);
        await StartAsync(current.Port, current.Endpoint.Http2Port, cancellationToken);
        return stop with { Faults = [.. stop.Faults, .. early] };
    }

    private async Task StartAsync(int where, int? http2Where, CancellationToken cancellationToken)
    {
        _current = await starter.StartAsync(where, http2Where, cancellationToken);
        await balancer.AddAsync(_current.Endpoint, cancellationToken);
    }
}
