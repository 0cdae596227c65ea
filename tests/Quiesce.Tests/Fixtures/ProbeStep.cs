namespace Quiesce.Tests.Fixtures;

/// <summary>One step of a <see cref="Probe"/>: says when it was entered, and ends at once unless <see cref="Body"/> says otherwise.</summary>
internal sealed class ProbeStep
{
    private readonly TaskCompletionSource<ShutdownContext> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<ShutdownContext, CancellationToken, Task> Body { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Completes when the step was begun.</summary>
    public Task<ShutdownContext> Entered => _entered.Task.WaitAsync(TestTimeouts.Hang);

    public bool HasBegun => _entered.Task.IsCompleted;

    /// <summary>Makes the step last until the returned source is completed, whatever its token says.</summary>
    public TaskCompletionSource Hold()
    {
        var release = Completion.New();
        Body = (_, _) => release.Task;
        return release;
    }

    /// <summary>Makes the step last until its token is cancelled, and end as cancelled then.</summary>
    public void UntilCancelled() => Body = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);

    public Task RunAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        _entered.TrySetResult(context);
        return Body(context, cancellationToken);
    }
}
