using System.Threading.Channels;

namespace Quiesce.Cli.Tests.Balancers;

/// <summary>A clock that moves only when told to. Its timestamps are no ticks, which finds code that confuses the two.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _armed = Channel.CreateUnbounded<bool>();

    // Guarded by _lock.
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => 1_234_567;

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return (long)(_now.TotalSeconds * TimestampFrequency);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return DateTimeOffset.UnixEpoch + _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once a timer was set; each is waited for once.</summary>
    public Task WaitForTimerAsync() => _armed.Reader.ReadAsync().AsTask();

    /// <summary>Moves the clock and fires, once each, the timers that exist and are due.</summary>
    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.DueAt <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        foreach (ManualTimer timer in due) { timer.Fire(); }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) { return; }
            timer.DueAt = _now + dueTime;
            _timers.Add(timer);
            _armed.Writer.TryWrite(true);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, Action fire) : ITimer
    {
        // Guarded by the owner's lock.
        public TimeSpan DueAt { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => owner.Arm(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
