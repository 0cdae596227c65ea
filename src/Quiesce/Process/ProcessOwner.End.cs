namespace Quiesce;

/// <content>What the members do and say when the process ends otherwise than by their own end.</content>
internal sealed partial class ProcessOwner
{
    /// <summary>An exception that nobody catches ends the process in the runtime's way when this returns, with 134 on Linux: no phase
    /// can run any more. What is left to do is to say what that leaves behind.</summary>
    private void OnCrash(string error)
    {
        int inFlight = _members.Sum(static member => member.InFlight);
        string line = $"Quiesce: the process crashes ({error}) with {ReportText.Units(inFlight)} in flight; no phase runs, nothing is released.";
        OwnThread.RunAll(
            "Quiesce last words", EndLimits.Least.LastWords, () => process.WriteLastLine(line), () => PublishLastReport(ShutdownExitCode.Crashed, EndLimits.Least));
    }

    /// <summary>Whether the watchdog ends the process now, or should have by now.</summary>
    public bool IsDueToEnd()
    {
        lock (_lock) { return _watchdog?.IsDue == true; }
    }

    /// <summary>A process that existed only in a test is gone, and the test goes on: nothing is ended or reported any more.</summary>
    public void Gone()
    {
        lock (_lock)
        {
            _watchdog?.Dispose();
            _reporters = [];
        }
    }

    private int ExitCodeAtDeadline()
    {
        bool neverStarted = !_startedWhenArmed && Array.Exists(_members, static member => !member.IsStarted);
        return neverStarted ? ShutdownExitCode.StartupAborted : ShutdownExitCode.DeadlineEnforced;
    }

    private void CancelWork() => OwnThread.RunAll(
        "Quiesce cancellation", EndLimits.Least.LastWords, _members.Select(static member => (Action)member.CancelWork));

    private void PublishLastReport(int exitCode, EndLimits limits) => Publish(_reporters, exitCode, limits);

    private static void Publish(IEnumerable<IProcessMember> members, int exitCode, EndLimits limits) => OwnThread.RunAll(
        "Quiesce report", limits.LastWords, members.Select(member => (Action)(() => member.PublishLastReport(exitCode, limits))));

    /// <summary>Somebody exits in the middle of the shutdown: that is theirs to do, and the report says what it cost. Should the exit hang,
    /// the watchdog's report comes after this one.</summary>
    private void OnExit(int exitCode)
    {
        IProcessMember[] unfinished = [.. _members.Where(static member => member.IsShuttingDown)];
        if (unfinished.Length == 0) { return; }

        string line = $"Quiesce: the process exits with code {exitCode} before it has shut down. Main has returned, or somebody called Environment.Exit.";
        EndLimits limits = EndLimits.Most; // the watchdog goes on behind the exit
        OwnThread.RunAll("Quiesce last words", limits.LastWords, () => process.WriteLastLine(line), () => Publish(unfinished, exitCode, limits));
    }
}
