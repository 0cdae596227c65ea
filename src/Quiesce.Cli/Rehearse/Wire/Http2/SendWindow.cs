namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>How many bytes of bodies the server takes before it has to allow more (RFC 9113, section 5.2).</summary>
/// <remarks>Thread-safe, for one taker at a time. It may be below zero, when the server changes its mind about bytes that are under way.</remarks>
internal sealed class SendWindow(long size)
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private long _size = size;
    private bool _closed;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes up to so many bytes, once there is room for one at least. 0 when it was closed instead.</summary>
    public async ValueTask<int> TakeAsync(int wanted, CancellationToken limit)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_closed) { return 0; }
                if (_size > 0)
                {
                    int taken = (int)Math.Min(_size, wanted);
                    _size -= taken;
                    return taken;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(limit);
        }
    }

    /// <summary>The server allows more, or less.</summary>
    public void Change(long by)
    {
        lock (_lock) { _size += by; }
        Wake();
    }

    public void Close()
    {
        lock (_lock) { _closed = true; }
        Wake();
    }

    private void Wake()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }
}
