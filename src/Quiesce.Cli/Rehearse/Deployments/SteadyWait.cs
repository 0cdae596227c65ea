using Quiesce.Cli.Rehearse.Beside;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Lets the load run for a while, and notices an instance, or a beside service, that does not run on as it should.</summary>
internal sealed class SteadyWait(BesideServices beside, TimeProvider time)
{
    private readonly PortCheck _ports = new(time);

    /// <exception cref="QuiesceException">One of them ended meanwhile, or left its port.</exception>
    public async Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken, params IReadOnlyList<Instance> running)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(duration, time, done.Token);
        await Task.WhenAny([delay, .. running.Select(static instance => instance.Program.Exited), .. beside.Exits]);
        await RequireRunningAsync(running, cancellationToken);
        await delay;
    }

    /// <exception cref="QuiesceException">One of them has ended, or left its port.</exception>
    public async Task RequireRunningAsync(IReadOnlyList<Instance> running, CancellationToken cancellationToken)
    {
        foreach (Instance instance in running.Where(static instance => instance.Program.Exited.IsCompleted))
        {
            throw await InstanceFailures.EndedByItselfAsync(instance.Program, instance.Number, time);
        }

        await beside.RequireRunningAsync();
        foreach (Instance instance in running) { await _ports.RequireListeningAsync(instance, cancellationToken); }
    }
}
