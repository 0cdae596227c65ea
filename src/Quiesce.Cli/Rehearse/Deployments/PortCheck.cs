using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Notices an instance that nobody told to leave, and that left the port on which it got ready.</summary>
/// <remarks>Without it every request would be refused there, and the rehearsal would count them instead of saying why.</remarks>
internal sealed class PortCheck(TimeProvider time)
{
    // A program that renews its listener (a reload, a new worker) is away for a moment, and clients see that as refused requests.
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly ListenerWatch _watch = new(time);

    /// <exception cref="QuiesceException">It listens elsewhere, or nowhere; or it has ended.</exception>
    public async Task RequireListeningAsync(Instance instance, CancellationToken cancellationToken)
    {
        // One that was never seen there (behind a rule of the kernel's, say) cannot be seen to leave.
        if (!instance.ListenedWhenReady || ListenerWatch.IsListening(instance.Port)) { return; }
        using var limit = new CancellationTokenSource(_moment, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Task back = _watch.WaitForOpenAsync(instance.Port, either.Token);
        await Task.WhenAny(back, instance.Program.Exited);
        await either.CancelAsync();
        if (back.IsCompletedSuccessfully) { return; }
        cancellationToken.ThrowIfCancellationRequested();
        throw instance.Program.Exited.IsCompleted
            ? await InstanceFailures.EndedByItselfAsync(instance.Program, instance.Number, time)
            : InstanceFailures.LeftItsPort(instance);
    }
}
