namespace Quiesce.AspNetCore.LongLived;

/// <summary>The long-lived requests that are open. Thread-safe.</summary>
internal sealed class LongLivedSet
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly HashSet<LongLivedRequest> _open = [];
    private readonly HashSet<LongLivedRequest> _holding = [];
    private bool _leaving;

    /// <summary>Completes once the service leaves and nothing long-lived is open.</summary>
    public Task Empty => _empty.Task;

    /// <summary>Completes once the service leaves and none is open that holds the drain.</summary>
    public Task Released => _released.Task;

    public void Add(LongLivedRequest request)
    {
        bool late;
        lock (_lock)
        {
            _open.Add(request);
            late = _leaving;
        }

        // Everybody's turns were given out before it came.
        if (late) { request.SayGoodbye(); }
    }

    /// <summary>The drain waits for this one: whatever serves it cuts what is left when the host stops.</summary>
    public void HoldDrain(LongLivedRequest request)
    {
        lock (_lock)
        {
            if (_open.Contains(request)) { _holding.Add(request); }
        }
    }

    public void Remove(LongLivedRequest request)
    {
        bool empty;
        bool released;
        lock (_lock)
        {
            bool removed = _open.Remove(request);
            released = _holding.Remove(request) && _leaving && _holding.Count == 0;
            empty = removed && _leaving && _open.Count == 0;
        }

        if (released) { _released.TrySetResult(); }

        if (empty) { _empty.TrySetResult(); }
    }

    public LongLivedRequest[] Snapshot()
    {
        lock (_lock) { return [.. _open]; }
    }

    /// <summary>From now on nobody is welcome to stay. Returns those who are here.</summary>
    public LongLivedRequest[] Leave()
    {
        LongLivedRequest[] open;
        bool released;
        lock (_lock)
        {
            _leaving = true;
            open = [.. _open];
            released = _holding.Count == 0;
        }

        if (released) { _released.TrySetResult(); }

        if (open.Length == 0) { _empty.TrySetResult(); }

        return open;
    }
}
