using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The new instance first, then the oldest leaves: Kubernetes' rolling update with a surge of one.</summary>
/// <param name="instances">How many run beside each other; 1 or more.</param>
internal sealed class RollingDeployer(
    InstanceStarter starter, InstanceStopper stopper, IBalancer balancer, IRehearsalProgress progress, int instances, SteadyWait steady) : IDeployer
{
    private readonly List<Instance> _running = [];

    public IReadOnlyList<Instance> Running => [.. _running];

    public async Task StartFirstAsync(CancellationToken cancellationToken)
    {
        for (int started = 0; started < instances; started++) { await StartAsync(cancellationToken); }
    }

    public async Task<Stop> ReplaceAsync(DeploymentOrder order, CancellationToken cancellationToken)
    {
        progress.Phase("the new instance starts");
        FaultRecord[] early = await starter.InterruptAsync(FreePort.Find(), order.Faults, cancellationToken);
        await StartAsync(cancellationToken);
        progress.Phase("load before the signal");
        await steady.WaitAsync(order.Steady, cancellationToken, _running);
        Instance oldest = _running[0];
        _running.RemoveAt(0);
        progress.Phase($"{Signals.NameOf(order.Signal)} sent, the old instance leaves");
        Stop stop = await stopper.StopAsync(oldest, order, cancellationToken);
        await steady.RequireRunningAsync(_running, cancellationToken);
        return stop with { Faults = [.. stop.Faults, .. early] };
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Instance next = await starter.StartAsync(FreePort.Find(), http2Port: null, cancellationToken);
        _running.Add(next);
        await balancer.AddAsync(next.Endpoint, cancellationToken);
    }
}
