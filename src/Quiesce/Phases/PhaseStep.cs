namespace Quiesce;

/// <summary>Runs one participant's part in one phase inside its limit, whatever it does.</summary>
internal sealed class PhaseStep(ShutdownReason reason, Deadline deadline)
{
    /// <summary>Runs the step. Never throws, and always completes within the limit: what does not return is left behind.</summary>
    /// <param name="participant">Whose step it is.</param>
    /// <param name="step">Which step it is.</param>
    /// <param name="limit">When to cancel and when to abandon it.</param>
    /// <param name="hurry">Cancels the step early; the patience counts from then.</param>
    public async Task<ParticipantReport> RunAsync(
        IShutdownParticipant participant, RunningStep step, StepLimit limit, CancellationToken hurry)
    {
        var context = new ShutdownContext(reason, step.Phase, deadline, limit.CancelAt);

        // The participant's own source. Foreign callbacks hang on it, and they may throw or block: no timer and no wait of
        // ours does. It has no timer and is never disposed: a step that was left behind may still use its token.
        var cancel = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        using var overOrHurry = CancellationTokenSource.CreateLinkedTokenSource(over.Token, hurry);

        // Armed before the step begins: a clock that moves as soon as the step runs must find the timer.
        Task asked = Task.Delay(
            limit.CancelledByPhase ? Timeout.InfiniteTimeSpan : deadline.Until(limit.CancelAt), deadline.Time, overOrHurry.Token);

        Task running = step.Execution.Start(() => CallAsync(participant, context, cancel.Token));
        if (await Task.WhenAny(running, asked).ConfigureAwait(false) == asked)
        {
            Task abandoned = Task.Delay(limit.PatienceFrom(deadline), deadline.Time, over.Token);
            _ = CancelAsync(cancel, context);
            await Task.WhenAny(running, abandoned).ConfigureAwait(false);
        }

        Stop(over);
        (StepOutcome outcome, string? error) = Judge(running, cancel.Token);
        return step.Report(outcome, deadline.Elapsed, error, context.Notes);
    }

    private static Task CallAsync(IShutdownParticipant participant, ShutdownContext context, CancellationToken cancellationToken) =>
        context.Phase switch
        {
            ShutdownPhase.StopAccepting => participant.StopAcceptingAsync(context, cancellationToken),
            ShutdownPhase.Drain => participant.DrainAsync(context, cancellationToken),
            ShutdownPhase.Exit => ((HookParticipant)participant).ExitAsync(context, cancellationToken),
            _ => participant.ReleaseAsync(context, cancellationToken),
        };

    /// <summary>Cancels on the pool: a callback that blocks holds up nobody else, one that throws is noted.</summary>
    private static async Task CancelAsync(CancellationTokenSource cancel, ShutdownContext context)
    {
        try { await cancel.CancelAsync().ConfigureAwait(false); }
        catch (AggregateException errors)
        {
            context.Note($"a callback on its token threw {errors.InnerException?.GetType().Name}");
        }
    }

    /// <summary>Takes the timers back; only our own waits listen, so nothing can throw or block.</summary>
    private static void Stop(CancellationTokenSource waits) => waits.Cancel();

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
}
