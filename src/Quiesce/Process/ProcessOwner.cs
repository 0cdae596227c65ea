using System.Diagnostics.CodeAnalysis;

namespace Quiesce;

/// <summary>The one owner of this process' signals, exit code and end, shared by every graceful shutdown in it.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>no members</term><description>no signal is taken, no thread exists: Ctrl+C ends the process as it always did.</description></item>
/// <item><term>members</term><description>signals are ours; the watchdog sleeps.</description></item>
/// <item><term>armed</term><description>by a signal, or by a request when nobody else in the process goes on, or the last who did has left. From then on the
/// process ends at the deadline, and signals stay ours after the last member has left: a foreground thread or an exit handler
/// may still be running. A member that joins after a signal is told of it at once.</description></item>
/// </list>
/// Nothing else arms it: a host that is stopped or disposed by its creator never ends the process. Thread-safe.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process; the watchdog is disposed with the last member.")]
internal sealed partial class ProcessOwner(ISignalSource signals, IProcessEnd process, TimeProvider time)
{
    private readonly Lock _lock = new();

    // Replaced as a whole under _lock; the watchdog reads it without: whoever holds the lock may be what hangs.
    private volatile IProcessMember[] _members = [];

    // Those, and the ones that have left an armed process: its exit code is still to come, and their reports name it.
    private volatile IProcessMember[] _reporters = [];
    private volatile bool _startedWhenArmed = true;

    // Guarded by _lock.
    private readonly Dictionary<IProcessMember, long?> _leaving = []; // when each has asked; nothing once it has finished
    private IDisposable? _listening;
    private ProcessWatchdog? _watchdog;
    private SignalPolicy? _policy;
    private (SignalAction Action, ShutdownSignal Signal, long At)? _begun;
    private bool _armed;
    private int _exitCode = ShutdownExitCode.Clean;

    /// <summary>The owner of this process.</summary>
    public static ProcessOwner Current { get; } = new(new PosixSignalSource(), new ThisProcessEnd(), TimeProvider.System)
    {
        Terminal = ErrorTerminal.Find(),
        ServiceManager = NotifySocket.Find(),
    };

    /// <summary>Gets the terminal on which a person sees what is waited for, if there is one.</summary>
    public ITerminal? Terminal { get; init; }

    /// <summary>Gets a value indicating whether the process exists only in a test. There is always one to attach to then, and what belongs to the real one, the
    /// test runner's, is left alone.</summary>
    public bool IsStandIn { get; init; }

    /// <summary>Gets the service manager that started this process, if it listens.</summary>
    public NotifySocket? ServiceManager { get; init; }

    /// <summary>Gets where to say what no log says.</summary>
    public IReportChannel StandardError { get; } = new StandardError(process);

    /// <summary>Joins the process' shutdown until disposed.</summary>
    public IDisposable Attach(IProcessMember member)
    {
        (SignalAction Action, ShutdownSignal Signal, long At)? begun;
        lock (_lock)
        {
            _members = [.. _members, member];
            _reporters = [.. _reporters, member];
            begun = _begun;
            if (_listening is null)
            {
                _policy = new SignalPolicy(signals.TerminalAttached, member.Signals);
                _watchdog = new ProcessWatchdog(time, process, ExitCodeAtDeadline) { CancelWork = CancelWork, LastReport = PublishLastReport };
                _listening = signals.Listen(OnSignal, OnCrash);
            }
        }

        // No second signal may come; without this the late member would go on until the watchdog ends it.
        if (begun is { } signal) { member.OnSignal(signal.Action, signal.Signal, signal.At); }

        return new Attachment(this, member);
    }

    /// <summary>A member begins to leave because the program asked. Arms the process if no other member goes on.</summary>
    public void OnRequest(IProcessMember member, long requestedAt)
    {
        lock (_lock)
        {
            IProcessMember[] members = _members;
            if (!members.Contains(member)) { return; }

            _leaving.TryAdd(member, requestedAt);
            if (Array.TrueForAll(members, _leaving.ContainsKey)) { ArmLocked(requestedAt); }
        }
    }

    /// <summary>A member has finished, by a signal or a request. Sets the exit code; the weightiest of all members' counts, whoever comes last.</summary>
    public void OnFinished(IProcessMember member, int exitCode)
    {
        lock (_lock)
        {
            if (_leaving.ContainsKey(member)) { _leaving[member] = null; }

            int weightiest = ShutdownExitCode.Weightier(_exitCode, exitCode);
            if (weightiest == _exitCode) { return; }

            // Under the lock, or of two that finish at once the lighter could be written last.
            _exitCode = weightiest;
            process.SetExitCode(weightiest);
        }
    }

    /// <summary>Returns whether the signal is ours. Between the last member's leave and the end of the listening it is not.</summary>
    private bool OnSignal(ShutdownSignal signal)
    {
        long signalledAt = time.GetTimestamp();
        SignalAction action;
        IProcessMember[] members;
        lock (_lock)
        {
            members = _members;
            if (members.Length == 0 && !_armed) { return false; }

            action = _policy!.Next(signal);

            // The watchdog first: whatever the members do with the signal, and however long they block this thread.
            if (action is SignalAction.Begin or SignalAction.BeginForPerson)
            {
                _begun = (action, signal, signalledAt);
                if (members.Length > 0) { ArmLocked(signalledAt); }
            }
        }

        if (action == SignalAction.ExitNow)
        {
            int exitCode = 128 + (int)signal;
            string line = $"Quiesce: {signal.Name()} once more; exiting at once.";
            OwnThread.RunAll("Quiesce last words", EndLimits.Least.LastWords, () => process.WriteLastLine(line), () => PublishLastReport(exitCode, EndLimits.Least));
            process.End(exitCode, EndLimits.Least.Exit);
        }

        foreach (IProcessMember member in members) { member.OnSignal(action, signal, signalledAt); }

        return true;
    }

    private void ArmLocked(long signalledAt)
    {
        if (!_armed) { process.OnExit(OnExit); }

        // The smallest of several graces: it is one process, and the manifest's author thought of one number.
        _armed = true;
        _startedWhenArmed = Array.TrueForAll(_members, static member => member.IsStarted);
        ShutdownBudget shortest = _members.Select(static member => member.Budget).MinBy(static budget => budget.EnforceAt)!;
        _watchdog!.Arm(signalledAt, shortest.EnforceAt, shortest.Grace - shortest.EnforceAt);
    }

    private void Detach(IProcessMember member)
    {
        IDisposable? listening = null;
        lock (_lock)
        {
            _members = [.. _members.Where(other => other != member)];
            _leaving.Remove(member);
            if (!_armed) { _reporters = [.. _reporters.Where(other => other != member)]; }

            if (_members.Length == 0 && !_armed)
            {
                _watchdog!.Dispose();
                (listening, _listening) = (_listening, null);
            }
            else if (!_armed && Array.TrueForAll(_members, _leaving.ContainsKey) && _members.Max(other => _leaving[other]) is { } requestedAt)
            {
                // Whoever went on has gone: nothing but the watchdog bounds those that have asked and are not through. One that has
                // finished and is still there needs no bound, and its own deadline may be long past.
                ArmLocked(requestedAt);
            }
        }

        listening?.Dispose();
    }

    private sealed class Attachment(ProcessOwner owner, IProcessMember member) : IDisposable
    {
        private ProcessOwner? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Detach(member);
    }
}
