namespace Quiesce.Cli.Rehearse.Load;

/// <summary>What the load did: records, lateness, what is in flight, and why it failed, if it did.</summary>
/// <remarks>Thread-safe. Closing is one-way; <see cref="Drained"/> completes once it is closed <em>and</em> nothing is in flight.</remarks>
internal sealed class LoadJournal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LoadFailedException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly RecordStore _records = new();
    private readonly int[] _ended = new int[OutcomeTally.Classes];
    private int _inFlight;
    private bool _closed;
    private long _sent;
    private long _late;
    private long _notOnTime;
    private TimeSpan _worst;

    public Task Drained => _drained.Task;

    public int InFlight
    {
        get { lock (_lock) { return _inFlight; } }
    }

    public IReadOnlyList<RequestRecord> Records
    {
        get { lock (_lock) { return _records.ToRecords(); } }
    }

    /// <summary>How many ended in each class; what a view asks for twice a second, and so no copy of the records.</summary>
    public OutcomeTally Tally
    {
        get { lock (_lock) { return new OutcomeTally([.. _ended]); } }
    }

    public LoadLateness Lateness
    {
        get { lock (_lock) { return new LoadLateness(_sent, _late, _worst) { NotOnTime = _notOnTime }; } }
    }

    /// <summary>Completes with the first failure; the later ones are its consequences.</summary>
    public Task<LoadFailedException> Failed => _failed.Task;

    /// <summary>Counts a request that is being started. The caller MUST call <see cref="End"/> or <see cref="EndFailed"/> once.</summary>
    /// <returns>How many are in flight now.</returns>
    public int Begin()
    {
        lock (_lock)
        {
            return ++_inFlight;
        }
    }

    public void End(RequestRecord record) => EndOne(record);

    /// <summary>A request that cannot even be recorded, for a defect of ours or a load that cannot be kept up.</summary>
    public void EndFailed(LoadFailedException failure)
    {
        // Fail first: whoever waits for the drain looks for a failure next.
        Fail(failure);
        EndOne(record: null);
    }

    public void Fail(LoadFailedException failure) => _failed.TrySetResult(failure);

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

    private void EndOne(RequestRecord? record)
    {
        bool drained;
        lock (_lock)
        {
            if (record is not null)
            {
                _records.Add(record);
                _ended[(int)record.Outcome]++;
            }

            drained = --_inFlight == 0 && _closed;
        }

        if (drained) { _drained.TrySetResult(); }
    }

    private void CountDelayLocked(TimeSpan delay)
    {
        System.Diagnostics.Debug.Assert(_lock.IsHeldByCurrentThread);
        if (delay > LoadDefaults.OnTime) { _notOnTime++; }
        if (delay > LoadDefaults.Late) { _late++; }
        if (delay > _worst) { _worst = delay; }
    }
}
