namespace Quiesce.Testing;

/// <summary>A clock that moves only when told to. Timers fire inside <see cref="Advance"/>, in order of their due time; one that is due at once fires on
/// the pool, as a real one does.</summary>
/// <remarks>
/// Thread-safe. A timer fires only if it existed when its instant was passed: have the code under test arm its timers before
/// advancing, or await <see cref="WaitForTimerAsync"/>. Other callbacks than those that are due at once run on the advancing thread, outside the lock.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    /// <summary>The wall-clock time at the clock's beginning.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly long _frequency;

    // Guarded by _lock.
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan DueAt, TaskCompletionSource Armed)> _waiters = [];
    private TimeSpan _now;

    /// <summary>Initializes a new instance of the <see cref="ManualTimeProvider"/> class that counts in ticks of 100 ns.</summary>
    public ManualTimeProvider()
        : this(TimeSpan.TicksPerSecond)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ManualTimeProvider"/> class.</summary>
    /// <param name="timestampFrequency">Timestamps per second. An odd one finds code that confuses timestamps with ticks.</param>
    public ManualTimeProvider(long timestampFrequency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timestampFrequency);
        _frequency = timestampFrequency;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _frequency;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock) { return (long)((Int128)_now.Ticks * _frequency / TimeSpan.TicksPerSecond); }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) { return Start + _now; }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits for the code under test to arm a timer, so that the clock may be moved to it.</summary>
    /// <param name="dueAt">When the timer is due, measured from the clock's beginning; timers within 2 ms of it count, because
    /// the runtime rounds due times to milliseconds.</param>
    /// <returns>A task that completes as soon as such a timer is armed, at once if there is one.</returns>
    public Task WaitForTimerAsync(TimeSpan dueAt)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => IsNear(timer.DueAt, dueAt))) { return Task.CompletedTask; }

            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((dueAt, armed));
            return armed.Task;
        }
    }

    /// <summary>Moves the clock and fires what comes due on the way.</summary>
    /// <param name="by">Zero or more.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan end;
        lock (_lock) { end = _now + by; }
        while (NextDue(end) is { } timer) { timer.Fire(); }
        lock (_lock) { _now = _now > end ? _now : end; }
    }

    /// <summary>Moves the clock to the earliest timer, and fires it.</summary>
    /// <returns><see langword="false"/>: no timer is armed, and the clock has not moved.</returns>
    public bool AdvanceToNextTimer()
    {
        if (NextDue(TimeSpan.MaxValue) is not { } timer) { return false; }

        timer.Fire();
        return true;
    }

    private static bool IsNear(TimeSpan left, TimeSpan right) => (left - right).Duration() <= TimeSpan.FromMilliseconds(2);

    private ManualTimer? NextDue(TimeSpan end)
    {
        lock (_lock)
        {
            ManualTimer? next = _timers.MinBy(static timer => timer.DueAt);
            if (next is null || next.DueAt > end) { return null; }

            _now = next.DueAt > _now ? next.DueAt : _now;
            next.RescheduleLocked();
            return next;
        }
    }

    /// <summary>Adds a timer and returns those who wait for it, to be told outside the lock.</summary>
    private List<TaskCompletionSource> ArmLocked(ManualTimer timer)
    {
        _timers.Add(timer);
        List<TaskCompletionSource> armed = [.. _waiters.Where(waiter => IsNear(waiter.DueAt, timer.DueAt)).Select(waiter => waiter.Armed)];
        _waiters.RemoveAll(waiter => armed.Contains(waiter.Armed));
        return armed;
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        // Guarded by the provider's lock.
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private bool _disposed;

        public TimeSpan DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            List<TaskCompletionSource> waiters = [];
            lock (time._lock)
            {
                if (_disposed) { return false; }

                time._timers.Remove(this);
                _period = period;
                TimeSpan next = dueTime == TimeSpan.Zero ? period : dueTime;
                if (next > TimeSpan.Zero)
                {
                    DueAt = time._now + next;
                    waiters = time.ArmLocked(this);
                }
            }

            // A real timer fires at once on the pool, never on the thread that sets it.
            if (dueTime == TimeSpan.Zero) { ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false); }

            waiters.ForEach(static waiter => waiter.TrySetResult());
            return true;
        }

        public void RescheduleLocked()
        {
            if (_period > TimeSpan.Zero) { DueAt += _period; }
            else { time._timers.Remove(this); }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
            {
                _disposed = true;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
