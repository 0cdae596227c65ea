using System.Diagnostics.CodeAnalysis;

namespace Quiesce;

/// <summary>The one owner of this process' signals, exit code and end, shared by every graceful shutdown in it.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>no members</term><description>no signal is taken, no thread exists: Ctrl+C ends the process as it always did.</description></item>
/// <item><term>members</term><description>signals are ours; the watchdog sleeps.</description></item>
/// <item><term>armed</term><description>by a signal, or by a request when nobody else in the process goes on. From then on the
/// process ends at the deadline, and signals stay ours after the last member has left: a foreground thread or an exit handler
/// may still be running.</description></item>
/// </list>
/// Nothing else arms it: a host that is stopped or disposed by its creator never ends the process. Thread-safe.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process; the watchdog is disposed with the last member.")]
internal sealed class ProcessOwner(ISignalSource signals, IProcessEnd process, TimeProvider time)
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<IProcessMember> _members = [];
    private readonly List<IProcessMember> _leaving = [];
    private IDisposable? _listening;
    private ProcessWatchdog? _watchdog;
    private SignalPolicy? _policy;
    private bool _armed;
    private volatile bool _startedWhenArmed = true;

    /// <summary>The owner of this process.</summary>
    public static ProcessOwner Current { get; } = new(new PosixSignalSource(), new ThisProcessEnd(), TimeProvider.System);

    /// <summary>Joins the process' shutdown until disposed.</summary>
    public IDisposable Attach(IProcessMember member)
    {
        lock (_lock)
        {
            _members.Add(member);
            if (_listening is null)
            {
                _policy = new SignalPolicy(signals.TerminalAttached);
                _watchdog = new ProcessWatchdog(time, process, ExitCodeAtDeadline);
                _listening = signals.Listen(OnSignal);
            }
        }

        return new Attachment(this, member);
    }

    /// <summary>A member begins to leave because the program asked. Arms the process if no other member goes on.</summary>
    public void OnRequest(IProcessMember member, long requestedAt)
    {
        lock (_lock)
        {
            _leaving.Add(member);
            if (_members.TrueForAll(_leaving.Contains)) { ArmLocked(requestedAt); }
        }
    }

    /// <summary>A member has finished. Sets the exit code if it was a signal or a request that ended it; 0 never hides another member's code.</summary>
    public void OnFinished(int exitCode)
    {
        if (exitCode != ShutdownExitCode.Clean) { process.SetExitCode(exitCode); }
    }

    private void OnSignal(ShutdownSignal signal)
    {
        long signalledAt = time.GetTimestamp();
        SignalAction action;
        IProcessMember[] members;
        lock (_lock)
        {
            action = _policy!.Next(signal);

            // The watchdog first: whatever the members do with the signal, and however long they block this thread.
            if (action is SignalAction.Begin or SignalAction.BeginForPerson) { ArmLocked(signalledAt); }

            members = [.. _members];
        }

        if (action == SignalAction.ExitNow)
        {
            process.WriteLastLine($"Quiesce: {signal.Name()} once more; exiting at once.");
            process.End(128 + (int)signal);
        }

        foreach (IProcessMember member in members) { member.OnSignal(action, signal, signalledAt); }
    }

    private void ArmLocked(long signalledAt)
    {
        // The smallest of several graces: it is one process, and the manifest's author thought of one number.
        TimeSpan limit = _members.Count > 0 ? _members.Min(member => member.Budget.EnforceAt) : TimeSpan.Zero;
        _armed = true;
        _startedWhenArmed = _members.TrueForAll(static member => member.IsStarted);
        _watchdog!.Arm(signalledAt, limit);
    }

    private int ExitCodeAtDeadline()
    {
        lock (_lock)
        {
            bool neverStarted = !_startedWhenArmed && _members.Exists(static member => !member.IsStarted);
            return neverStarted ? ShutdownExitCode.StartupAborted : ShutdownExitCode.DeadlineEnforced;
        }
    }

    private void Detach(IProcessMember member)
    {
        IDisposable? listening = null;
        lock (_lock)
        {
            _members.Remove(member);
            _leaving.Remove(member);
            if (_members.Count == 0 && !_armed)
            {
                _watchdog!.Dispose();
                (listening, _listening) = (_listening, null);
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
