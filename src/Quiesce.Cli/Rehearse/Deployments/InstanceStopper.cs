using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Stops an instance as an orchestrator does: signal, removal from the balancer at the same moment, SIGKILL at the grace.</summary>
internal sealed class InstanceStopper(IBalancer balancer, BesideServices beside, TimeSpan grace, TimeProvider time)
{
    private readonly ListenerWatch _watch = new(time);
    private readonly GraceWait _grace = new(grace, time);

    /// <summary>Returns once the process has ended and the balancer has noticed.</summary>
    /// <exception cref="QuiesceException">It had ended by itself before.</exception>
    public async Task<Stop> StopAsync(Instance instance, DeploymentOrder order, CancellationToken cancellationToken)
    {
        bool listening = ListenerWatch.IsListening(instance.Port);
        await using FaultScene scene = await FaultScene.OpenAsync(order.Faults, instance, time, cancellationToken);
        if (instance.Program.Exited.IsCompleted) { throw await InstanceFailures.EndedByItselfAsync(instance.Program, instance.Number, time); }
        if (instance.Helper is { Exited.IsCompleted: true } helper) { throw await InstanceFailures.EndedUntoldAsync(helper, $"helper of instance {instance.Number}", time); }
        await beside.RequireRunningAsync();

        // Step 1: all chains start now, and nothing makes one wait for another. How those beside leave is asked by whoever replaces them.
        await scene.BeforeSignalAsync().WaitAsync(cancellationToken);
        long signalledAt = time.GetTimestamp();
        instance.Program.Signal(order.Signal);
        beside.TellReplaced(order, cancellationToken);
        scene.AfterSignal(order.Signal);
        Task<long?> removal = balancer.RemoveAsync(instance.Endpoint, cancellationToken);

        // Step 2: the process ends, by itself or at the grace.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<long> close = listening ? _watch.WaitForCloseAsync(instance.Port, gone.Token) : Task.FromResult(0L);
        (ProgramExit exit, bool killed) = await _grace.EndAsync(instance.Program, cancellationToken);

        // Step 3: the end of the faults and of the helper, what was seen of the listener, and the end of the removal.
        IReadOnlyList<FaultRecord> faults = await scene.EndAsync(signalledAt, grace);
        if (instance.Helper is not null) { await instance.Helper.EndAsync(); }
        await gone.CancelAsync();
        long? closedAt = listening ? await ClosedAtAsync(close, exit.At) : null;
        long? detectedAt = await removal;
        await balancer.ForgetAsync(instance.Endpoint, cancellationToken);
        return new Stop(
            order.Number, instance.Number, signalledAt, closedAt, exit.At, exit.Status, killed, exit.LeftBehind,
            time.GetElapsedTime(signalledAt, exit.At), closedAt is { } at ? time.GetElapsedTime(signalledAt, at) : null,
            detectedAt is { } detected ? time.GetElapsedTime(signalledAt, detected) : null)
        {
            GoneAt = exit.GoneAt,
            Faults = faults,
            IsByKill = order.IsByKill,
            HelperToldAt = scene.HelperToldAt,
        };
    }

    // The end of the process closes the listener at the latest; the watch may see that one interval later.
    private static async Task<long> ClosedAtAsync(Task<long> close, long exitedAt)
    {
        try
        {
            return Math.Min(await close, exitedAt);
        }
        catch (OperationCanceledException)
        {
            return exitedAt;
        }
    }
}
