namespace Quiesce;

/// <content>The end of a shutdown: its report, and whoever flushes what that was written into.</content>
internal sealed partial class ShutdownCoordinator
{
    /// <summary>Something came out after the final report: this one has it too, and whoever reports from now on goes on from it.</summary>
    public void Replace(ShutdownReport amended) => _finished = amended;

    private async Task CompleteAsync(PhaseRun run, ReportBuilder report, Deadline deadline)
    {
        // Step 1: the report, because the process may end as soon as this completes; but a channel that hangs takes at most half
        // of what the watchdog leaves.
        // Whoever asks meanwhile, because the process is ended by force or somebody exits, must hear that the hooks have not run.
        ShutdownReport published = report.Build(Snapshot());
        bool hooksFollow = Participants.Snapshot().Any(static participant => participant.HasPart(ShutdownPhase.Exit));
        _finished = published with { IsComplete = !hooksFollow };
        await Reports.PublishAsync(published, deadline.Until(_budget.EnforceAt) / 2).ConfigureAwait(false);

        // Step 2: hooks flush or close what it was written into.
        await GuardAsync(run.ExitAsync, report).ConfigureAwait(false);
        ShutdownReport final = report.Amend(published, running: []);
        _finished = final;

        // Step 3: what they could not do or have noted is said where it still can be: the log may be closed.
        if (ReportBuilder.HasNews(final))
        {
            await Reports.AmendAsync(final, deadline.Until(_budget.EnforceAt) / 2, say: true).ConfigureAwait(false);
        }

        Completing?.Invoke(final);
        _completion.TrySetResult(final);
    }

    private sealed partial class PhaseRun
    {
        /// <summary>All hooks of Exit at once, in one share: nobody waits behind them but the end of the process.</summary>
        public Task ExitAsync()
        {
            StepLimit limit = StepLimit.OfExit(deadline.Elapsed, deadline.Budget);
            return Task.WhenAll(owner.Participants.Snapshot()
                .Where(static participant => participant.HasPart(ShutdownPhase.Exit))
                .Select(hook => RunAsync(hook, ShutdownPhase.Exit, limit, CancellationToken.None)));
        }
    }
}
