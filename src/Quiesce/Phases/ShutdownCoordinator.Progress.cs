namespace Quiesce;

internal sealed partial class ShutdownCoordinator
{
    private readonly RunningSteps _running = new();

    // Written once, by the caller that began the shutdown; whoever sees it sees the phase that was written before.
    private volatile Begun? _begun;
    private volatile ShutdownReport? _finished;

    /// <summary>Gets a task that completes when <see cref="Progress"/> changes next. Take it first and look second.</summary>
    public Task ProgressChanged => _running.Changed;

    /// <summary>Gets how many units are in flight. Lock-free.</summary>
    public int InFlight => _trackers.Sum(static tracker => tracker.InFlight);

    /// <summary>Gets where the shutdown stands, or <see langword="null"/> while nothing is stopping. From any thread, at any instant, without a lock:
    /// the watchdog asks when everything else hangs.</summary>
    public ShutdownProgress? Progress
    {
        get
        {
            if (_begun is not { } begun) { return null; }

            List<WorkInFlight> units = Snapshot();
            Deadline deadline = begun.Deadline;
            return new ShutdownProgress(
                begun.Reason, Phase, deadline.Elapsed, deadline.Until(_budget.End), _running.Snapshot(), units.Count, units.Count > 0 ? units[0] : null);
        }
    }

    /// <summary>The report as of now, or the final one, or <see langword="null"/> while nothing is stopping. From any thread, without a lock.</summary>
    public ShutdownReport? ReportSoFar() =>
        _finished is { } finished
            ? _begun!.Report.Amend(finished, _running.Snapshot())
            : _begun?.Report.BuildSoFar(Phase, _running.Snapshot(), Snapshot());

    /// <summary>The report of a shutdown that was asked for and never began, because start-up has not ended.</summary>
    public ShutdownReport ReportBeforeBegin(ShutdownReason reason, long signalledAt)
    {
        List<WorkInFlight> units = Snapshot();
        return new ReportBuilder(reason, new Deadline(_time, _budget, signalledAt), units.Count).BuildSoFar(ShutdownPhase.Running, [], units);
    }

    private sealed record Begun(ShutdownReason Reason, Deadline Deadline, ReportBuilder Report);
}
