using Quiesce.Cli.Rehearse.Beside;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Lets the load run for a while, and notices when an instance, or a beside service, does not.</summary>
internal sealed class SteadyWait(BesideServices beside, TimeProvider time)
{
    /// <exception cref="QuiesceException">One of them ended meanwhile.</exception>
    public async Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken, params IReadOnlyList<Instance> running)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(duration, time, done.Token);
        await Task.WhenAny([delay, .. running.Select(static instance => instance.Program.Exited), .. beside.Exits]);
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

        await beside.RequireRunningAsync();
    }
}
