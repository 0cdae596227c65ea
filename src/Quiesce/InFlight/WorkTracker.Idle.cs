namespace Quiesce;

/// <content>Nothing in flight for the moment, whether or not the tracker is ever closed.</content>
public sealed partial class WorkTracker
{
    private readonly Lock _idleLock = new();

    // Replaced under _idleLock, when somebody asks and the last one has completed. Read without: nobody asks before Release, and a unit's end is cheap.
    private volatile TaskCompletionSource? _idle;

    /// <summary>Completes at the first instant, from now on, at which nothing is in flight: no unit, long-lived ones included, and no hand-back.</summary>
    internal Task WhenIdleAsync()
    {
        TaskCompletionSource idle;
        lock (_idleLock)
        {
            idle = _idle is { Task.IsCompleted: false } waiting ? waiting : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idle = idle;
        }

        // Written before the counts are read, as a unit leaves before it reads this field: one of the two sees the other. The entry of a root that is being
        // refused counts for a moment, and its end says nothing; but then the tracker is closed, and its drain will.
        Interlocked.MemoryBarrier();
        SayIdle();
        return Task.WhenAny(idle.Task, LongLivedDrained);
    }

    /// <summary>The last one out tells whoever waits.</summary>
    private void SayIdle()
    {
        if (_idle is { } idle && _shards.AreEmptyAtOnce(_longLived)) { idle.TrySetResult(); }
    }
}
