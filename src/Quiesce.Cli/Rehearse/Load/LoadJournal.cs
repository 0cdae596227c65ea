namespace Quiesce.Cli.Rehearse.Load;

/// <summary>What the load did: records, lateness, what is in flight, and why it failed, if it did.</summary>
/// <remarks>Thread-safe. Closing is one-way; <see cref="Drained"/> completes once it is closed <em>and</em> nothing is in flight.</remarks>
internal sealed class LoadJournal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly List<RequestRecord> _records = [];
    private int _inFlight;
    private bool _closed;
    private long _sent;
    private long _late;
    private TimeSpan _worst;
    private LoadFailedException? _failure;

    public Task Drained => _drained.Task;

    public int InFlight
    {
        get { lock (_lock) { return _inFlight; } }
    }

    public IReadOnlyList<RequestRecord> Records
    {
        get { lock (_lock) { return [.. _records]; } }
    }

    public LoadLateness Lateness
    {
        get { lock (_lock) { return new LoadLateness(_sent, _late, _worst); } }
    }

    public LoadFailedException? Failure
    {
        get { lock (_lock) { return _failure; } }
    }

    /// <summary>Counts a request that is being started. The caller MUST call <see cref="End"/> or <see cref="EndFailed"/> once.</summary>
    /// <returns>How many are in flight now.</returns>
    public int Begin()
    {
        lock (_lock)
        {
            return ++_inFlight;
        }
    }

    public void End(RequestRecord record) => EndOne(record, failure: null);

    /// <summary>A request that could not even be recorded: a defect of ours, or a shortage on this machine.</summary>
    public void EndFailed(LoadFailedException failure) => EndOne(record: null, failure);

    /// <summary>Keeps the first failure; the later ones are its consequences.</summary>
    public void Fail(LoadFailedException failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
        }
    }

    /// <summary>Counts a send and how late it was.</summary>
    public void Sent(long scheduledAt, long sentAt)
    {
        lock (_lock)
        {
            _sent++;
            CountDelayLocked(time.GetElapsedTime(scheduledAt, sentAt));
        }
    }

    /// <summary>Counts a request that was due and never sent, because the load was behind when it was stopped.</summary>
    public void Missed(long scheduledAt, long stoppedAt)
    {
        lock (_lock)
        {
            CountDelayLocked(time.GetElapsedTime(scheduledAt, stoppedAt));
        }
    }

    /// <summary>No request begins any more.</summary>
    public void Close()
    {
        bool drained;
        lock (_lock)
        {
            _closed = true;
            drained = _inFlight == 0;
        }

        if (drained) { _drained.TrySetResult(); }
    }

    private void EndOne(RequestRecord? record, LoadFailedException? failure)
    {
        bool drained;
        lock (_lock)
        {
            if (record is not null) { _records.Add(record); }
            _failure ??= failure;
            drained = --_inFlight == 0 && _closed;
        }

        if (drained) { _drained.TrySetResult(); }
    }

    private void CountDelayLocked(TimeSpan delay)
    {
        System.Diagnostics.Debug.Assert(_lock.IsHeldByCurrentThread);
        if (delay > LoadDefaults.Late) { _late++; }
        if (delay > _worst) { _worst = delay; }
    }
}
