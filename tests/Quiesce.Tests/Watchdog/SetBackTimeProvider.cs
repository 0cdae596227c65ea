namespace Quiesce.Tests.Watchdog;

/// <summary>A clock whose wall time somebody sets back. The timestamps go on, as the kernel's monotonic clock does.</summary>
internal sealed class SetBackTimeProvider(TimeProvider inner) : TimeProvider
{
    private long _setBackTicks;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public void SetBack(TimeSpan by) => Interlocked.Add(ref _setBackTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref _setBackTicks));

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
