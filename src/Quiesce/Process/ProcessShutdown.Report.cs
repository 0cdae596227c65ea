namespace Quiesce;

/// <content>What the process says of this shutdown, and the code it ends with.</content>
internal sealed partial class ProcessShutdown
{
    public void PublishLastReport(int exitCode, EndLimits limits)
    {
        if (LastReport() is { } report) { _coordinator.Reports.PublishLastReport(report with { ExitCode = exitCode }, limits.Files); }
    }

    /// <summary>What the process should report for this shutdown.</summary>
    public int ExitCodeOf(ShutdownReport report) =>
        _alwaysExitZero && report.Reason.Trigger == ShutdownTrigger.Signal ? ShutdownExitCode.Clean : report.ExitCode;

    /// <summary>Adds to the report what only came out after <see cref="ShutdownCoordinator.Completion"/>, such as a disposal that throws, and writes the files
    /// again. A second call adds to what the first has added. The exit code follows, unless a weightier one is there.</summary>
    /// <param name="exitCode">What a shutdown that was clean so far ends with.</param>
    /// <param name="name">Who failed.</param>
    /// <param name="phase">In which phase; what is reported of it there is replaced.</param>
    /// <param name="error">How.</param>
    /// <returns>What the process should report now.</returns>
    public async Task<int> AmendAsync(int exitCode, string name, ShutdownPhase phase, Exception error)
    {
        ShutdownReport report = _coordinator.ReportSoFar() ?? throw new InvalidOperationException("Nothing has been shut down.");
        TimeSpan began = report.Duration;
        var failed = new ParticipantReport(name, phase, StepOutcome.Failed, _coordinator.SinceSignal - began, $"{error.GetType().Name}: {error.Message}", [])
        {
            BeganAt = began,
        };
        ShutdownReport amended = report.AmendedBy([failed], exitCode);
        _coordinator.Replace(amended);

        // A hook of Exit may have closed the log in which whoever fails here says so.
        bool logMayBeClosed = report.Participants.Any(static part => part.Phase == ShutdownPhase.Exit);
        await _coordinator.Reports.AmendAsync(amended, Budget.Grace - Budget.EnforceAt, say: logMayBeClosed).ConfigureAwait(false);
        SetExitCode(amended);
        return ExitCodeOf(amended);
    }

    /// <summary>A thread of its own, and nobody waits for it: the deadline is far off, and the shutdown must not be.</summary>
    private void RehearseLastReport() => _ = OwnThread.RunAsync("Quiesce report rehearsal", () =>
    {
        if (LastReport() is { } report) { _coordinator.Reports.Rehearse(report); }
    });

    private ShutdownReport? LastReport()
    {
        (ShutdownReason Reason, long At)? pending;
        lock (_lock) { pending = _pending; }

        return _coordinator.ReportSoFar() ?? (pending is { } begin ? _coordinator.ReportBeforeBegin(begin.Reason, begin.At) : null);
    }

    private void SetExitCode(ShutdownReport report)
    {
        if (IsOurs && report.Reason.ArmsTheProcess) { _owner.OnFinished(this, ExitCodeOf(report)); }
    }
}
