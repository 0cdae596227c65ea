namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Lets the load run for a while, and notices when an instance does not.</summary>
internal sealed class SteadyWait(TimeProvider time)
{
    /// <exception cref="QuiesceException">An instance ended meanwhile.</exception>
    public async Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken, params IReadOnlyList<Instance> running)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(duration, time, done.Token);
        await Task.WhenAny([delay, .. running.Select(static instance => instance.Program.Exited)]);
        await RequireRunningAsync(running);
        await delay;
    }

    /// <exception cref="QuiesceException">One of them has ended.</exception>
    public async Task RequireRunningAsync(params IReadOnlyList<Instance> running)
    {
        foreach (Instance instance in running.Where(static instance => instance.Program.Exited.IsCompleted))
        {
            throw await InstanceFailures.EndedByItselfAsync(instance.Program, instance.Number, time);
        }
    }
}
