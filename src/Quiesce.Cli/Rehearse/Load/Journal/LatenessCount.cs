namespace Quiesce.Cli.Rehearse.Load.Journal;

/// <summary>Counts what the schedule sent, and how late.</summary>
/// <remarks>Thread-safe, and without a lock. One snapshot may hold a request in one of its numbers and not yet in another.</remarks>
internal sealed class LatenessCount(TimeProvider time)
{
    private long _sent;
    private long _notOnTime;
    private long _late;
    private long _worstTicks;

    public LoadLateness Current =>
        new(Volatile.Read(ref _sent), Volatile.Read(ref _late), TimeSpan.FromTicks(Volatile.Read(ref _worstTicks))) { NotOnTime = Volatile.Read(ref _notOnTime) };

    /// <summary>Counts a send and how late it was.</summary>
    public void Sent(long scheduledAt, long sentAt)
    {
        Interlocked.Increment(ref _sent);
        CountDelay(time.GetElapsedTime(scheduledAt, sentAt));
    }

    /// <summary>Counts a request that was due and never sent, because the load was behind when it was stopped.</summary>
    public void Missed(long scheduledAt, long stoppedAt) => CountDelay(time.GetElapsedTime(scheduledAt, stoppedAt));

    private void CountDelay(TimeSpan delay)
    {
        if (delay > LoadDefaults.OnTime) { Interlocked.Increment(ref _notOnTime); }
        if (delay > LoadDefaults.Late) { Interlocked.Increment(ref _late); }

        // Of two that come at once, the smaller one must not overwrite the larger one.
        for (long worst = Volatile.Read(ref _worstTicks); delay.Ticks > worst;)
        {
            long seen = Interlocked.CompareExchange(ref _worstTicks, delay.Ticks, worst);
            if (seen == worst) { return; }
            worst = seen;
        }
    }
}
