namespace Quiesce.AspNetCore.LongLived;

/// <summary>The long-lived requests that are open. Thread-safe.</summary>
internal sealed class LongLivedSet
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly HashSet<LongLivedRequest> _open = [];
    private bool _leaving;

    /// <summary>Completes once the service leaves and nothing long-lived is open.</summary>
    public Task Empty => _empty.Task;

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

    public void Remove(LongLivedRequest request)
    {
        bool last;
        lock (_lock) { last = _open.Remove(request) && _leaving && _open.Count == 0; }
        if (last) { _empty.TrySetResult(); }
    }

    public LongLivedRequest[] Snapshot()
    {
        lock (_lock) { return [.. _open]; }
    }

    /// <summary>From now on nobody is welcome to stay. Returns those who are here.</summary>
    public LongLivedRequest[] Leave()
    {
        LongLivedRequest[] open;
        lock (_lock)
        {
            _leaving = true;
            open = [.. _open];
        }

        if (open.Length == 0) { _empty.TrySetResult(); }

        return open;
    }
}
