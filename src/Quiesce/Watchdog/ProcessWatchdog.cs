namespace Quiesce;

/// <summary>Ends the process at the deadline, whatever everybody else is doing.</summary>
/// <remarks>
/// Its own thread, created when the first member attaches and asleep until armed: at the deadline the thread pool may be
/// starved, and a thread that has to be created then may come too late. It waits by blocking; the clock is the
/// <see cref="TimeProvider"/>'s monotonic one: a suspended or slow process measures from the signal, and a wall clock that is set
/// changes nothing. At the deadline, nothing of which needs the pool, the logger or a lock of somebody else:
/// <list type="number">
/// <item>Work is told to stop. The coordinator did that at the cut, unless the pool was starved. What its callbacks hand back
/// within the next tenth of a second is handed back. A unit's own hand-back is not begun any more: nobody could await it.</item>
/// <item>A plain line goes to standard error.</item>
/// <item>The report goes to every channel that can still be written. It names what was not handed back.</item>
/// <item><see cref="Environment.Exit"/> on a thread of its own: exit handlers and finalizers may hang, or somebody else be in it.</item>
/// <item><c>_exit</c>, with the same exit code.</item>
/// <item>The kernel's timer, for a runtime that runs no managed code any more: see <see cref="KernelTimer"/> for the exit code.</item>
/// </list>
/// Each step is bounded; the times are in docs/decisions/0004.
/// </remarks>
internal sealed class ProcessWatchdog : IDisposable
{
    private readonly TimeProvider _time;
    private readonly IProcessEnd _process;
    private readonly Func<int> _exitCode;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Lock _lock = new();
    private readonly Thread _thread;

    // Guarded by _lock.
    private long _armedAt;
    private TimeSpan? _limit;
    private EndLimits _limits = EndLimits.Least;
    private ITimer? _manualTimeWake;
    private bool _disposed;

    public ProcessWatchdog(TimeProvider time, IProcessEnd process, Func<int> exitCode)
    {
        _time = time;
        _process = process;
        _exitCode = exitCode;
        _thread = new Thread(Watch) { IsBackground = true, Name = "Quiesce watchdog" };
        _thread.UnsafeStart();
    }

    /// <summary>Gets what publishes the reports of a process that is ended with this exit code. Runs on a thread of its own and is left
    /// behind when it takes too long.</summary>
    public Action<int, EndLimits> LastReport { get; init; } = static (_, _) => { };

    /// <summary>Gets what tells all work to stop. The coordinator did so at the cut, if the pool gave it a thread.</summary>
    public Action CancelWork { get; init; } = static () => { };

    /// <summary>Gets a value indicating whether the end has come.</summary>
    public bool IsDue
    {
        get { lock (_lock) { return _limit is not null && RemainingLocked() <= TimeSpan.Zero; } }
    }

    /// <summary>Sets the end. A second call can only bring it forward: nothing prolongs a grace.</summary>
    /// <param name="signalledAt">The timestamp of the signal.</param>
    /// <param name="limit">When the process must end, measured from the signal.</param>
    /// <param name="untilKill">How long after the limit SIGKILL is due; decides how long each step of the end may take.</param>
    public void Arm(long signalledAt, TimeSpan limit, TimeSpan untilKill = default)
    {
        lock (_lock)
        {
            if (_disposed || (_limit is not null && RemainingLocked() <= limit - _time.GetElapsedTime(signalledAt))) { return; }

            (_armedAt, _limit) = (signalledAt, limit);
            TimeSpan remaining = RemainingLocked() > TimeSpan.Zero ? RemainingLocked() : TimeSpan.Zero;
            _manualTimeWake?.Dispose();

            // The thread's own blocking wait is what counts; the timer only tells it that a manual clock moved.
            _manualTimeWake = _time.CreateTimer(static wake => ((AutoResetEvent)wake!).Set(), _wake, remaining, Timeout.InfiniteTimeSpan);
            _limits = EndLimits.For(untilKill);
            _process.EndByKernelAfter(remaining + _limits.Kernel);
        }

        _wake.Set();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _manualTimeWake?.Dispose();
        }

        _wake.Set();
    }

    private void Watch()
    {
        _process.LetKernelThrough();
        while (true)
        {
            TimeSpan? remaining;
            lock (_lock)
            {
                if (_disposed) { return; }

                remaining = _limit is null ? null : RemainingLocked();
            }

            if (remaining is { } left && left <= TimeSpan.Zero)
            {
                Enforce();
                return;
            }

            _wake.WaitOne(Rounded(remaining));
        }
    }

    /// <summary>A wait of a fraction of a millisecond would round down to none and spin.</summary>
    private static TimeSpan Rounded(TimeSpan? remaining) => remaining is { } left
        ? TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue))
        : Timeout.InfiniteTimeSpan;

    private TimeSpan RemainingLocked() => _limit!.Value - _time.GetElapsedTime(_armedAt);

    private void Enforce()
    {
        int exitCode = _exitCode();
        string elapsed = ReportText.Seconds(_time.GetElapsedTime(_armedAt));
        if (_process.IsDebugged)
        {
            // Set at the signal, when perhaps nobody debugged yet, and due in a moment.
            _process.SpareFromKernel();
            _process.WriteLastLine($"Quiesce: the deadline passed after {elapsed}. A debugger is attached, so the process goes on.");
            return;
        }

        // Steps 1 to 3, side by side: the plain line needs nothing that could hang, and waits neither for callbacks nor for reports.
        string line = $"Quiesce: the process was still there {elapsed} after it was told to stop, and is ended now with exit code {exitCode}. " +
            "Something ignored its limit; the report names it.";
        OwnThread.RunAll("Quiesce last words", _limits.LastWords, () => _process.WriteLastLine(line), CancelWork, () => LastReport(exitCode, _limits));

        // Steps 4 and 5.
        _process.End(exitCode, _limits.Exit);
    }
}
