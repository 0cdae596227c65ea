namespace Quiesce;

/// <summary>Runs one participant's part in one phase inside its limit, whatever it does.</summary>
internal sealed class PhaseStep(ShutdownReason reason, Deadline deadline)
{
    /// <summary>Runs the step. Never throws, and always completes within the limit: what does not return is left behind.</summary>
    /// <param name="participant">Whose step it is.</param>
    /// <param name="phase">Which step it is.</param>
    /// <param name="limit">When to cancel and when to abandon it.</param>
    /// <param name="hurry">Cancels the step early; the patience counts from then.</param>
    public async Task<ParticipantReport> RunAsync(
        IShutdownParticipant participant, ShutdownPhase phase, StepLimit limit, CancellationToken hurry)
    {
        var context = new ShutdownContext(reason, phase, deadline, limit.CancelAt);
        TimeSpan began = deadline.Elapsed;

        // An abandoned step keeps its sources: it may still register with its token, and must not get an
        // ObjectDisposedException for it.
        var timeout = new CancellationTokenSource(deadline.Until(limit.CancelAt), deadline.Time);
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, hurry);
        Task abandon = AbandonAsync(limit.Patience, cancel.Token);

        // On a pool thread: a step that blocks instead of awaiting must not hold up the coordinator.
        Task running = Task.Run(() => CallAsync(participant, context, cancel.Token), CancellationToken.None);
        await Task.WhenAny(running, abandon).ConfigureAwait(false);

        (StepOutcome outcome, string? error) = Judge(running, cancel.Token);
        if (outcome != StepOutcome.Abandoned)
        {
            cancel.Dispose();
            timeout.Dispose();
        }

        return new ParticipantReport(participant.Name, phase, outcome, deadline.Elapsed - began, error, context.Notes);
    }

    private static Task CallAsync(IShutdownParticipant participant, ShutdownContext context, CancellationToken cancellationToken) =>
        context.Phase switch
        {
            ShutdownPhase.StopAccepting => participant.StopAcceptingAsync(context, cancellationToken),
            ShutdownPhase.Drain => participant.DrainAsync(context, cancellationToken),
            _ => participant.ReleaseAsync(context, cancellationToken),
        };

    private static (StepOutcome Outcome, string? Error) Judge(Task running, CancellationToken cancelled)
    {
        if (!running.IsCompleted)
        {
            _ = running.ContinueWith(static late => _ = late.Exception, TaskScheduler.Default); // observed: nobody else will
            return (StepOutcome.Abandoned, null);
        }

        if (running.IsCompletedSuccessfully) { return (StepOutcome.Completed, null); }

        Exception? error = running.Exception?.InnerException;
        bool becauseWeAsked = cancelled.IsCancellationRequested && error is null or OperationCanceledException;
        return becauseWeAsked
            ? (StepOutcome.Cancelled, null)
            : (StepOutcome.Failed, error is null ? "cancelled itself" : $"{error.GetType().Name}: {error.Message}");
    }

    private async Task AbandonAsync(TimeSpan patience, CancellationToken cancelled)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, deadline.Time, cancelled)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(patience, deadline.Time, CancellationToken.None).ConfigureAwait(false);
    }
}
