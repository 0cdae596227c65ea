namespace Quiesce.Cli.Rehearse.Load.Journal;

/// <summary>What the load did: records, lateness, what is in flight, and why it failed, if it did.</summary>
/// <remarks>
/// <para>Thread-safe. Closing is one-way; <see cref="Drained"/> completes once it is closed <em>and</em> nothing is in flight.</para>
/// <para>Only records, and who reads them, take a lock: whoever writes one may lose its core while it holds it, and if the beginning of a request needed that lock, everything
/// that is due meanwhile would be late.</para>
/// </remarks>
internal sealed class LoadJournal(TimeProvider time)
{
    private readonly LatenessCount _lateness = new(time);
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LoadFailedException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock.
    private readonly RecordStore _records = new();
    private readonly int[] _ended = new int[OutcomeTally.Classes];

    // Closing writes the one and then reads the other, an end the other way round, each with a full fence between: the later of the two sees both.
    private int _inFlight;
    private int _closed;

    public Task Drained => _drained.Task;

    public int InFlight => Volatile.Read(ref _inFlight);

    public IReadOnlyList<RequestRecord> Records
    {
        get { lock (_lock) { return _records.ToRecords(); } }
    }

    /// <summary>How many ended in each class; what a view asks for twice a second, and so no copy of the records.</summary>
    public OutcomeTally Tally
    {
        get { lock (_lock) { return new OutcomeTally([.. _ended]); } }
    }

    public LoadLateness Lateness => _lateness.Current;

    /// <summary>Completes with the first failure; the later ones are its consequences.</summary>
    public Task<LoadFailedException> Failed => _failed.Task;

    /// <summary>Counts a request that is being started. The caller MUST call <see cref="End"/>, <see cref="EndFailed"/> or <see cref="Withdraw"/> once.</summary>
    /// <returns>How many are in flight now.</returns>
    public int Begin() => Interlocked.Increment(ref _inFlight);

    public void End(RequestRecord record)
    {
        lock (_lock)
        {
            _records.Add(record);
            _ended[(int)record.Outcome]++;
        }

        EndOne();
    }

    /// <summary>A request that cannot even be recorded, for a defect of ours or a load that cannot be kept up.</summary>
    public void EndFailed(LoadFailedException failure)
    {
        // Fail first: whoever waits for the drain looks for a failure next.
        Fail(failure);
        EndOne();
    }

    /// <summary>A request that was counted and is not sent after all.</summary>
    public void Withdraw() => EndOne();

    public void Fail(LoadFailedException failure) => _failed.TrySetResult(failure);

    /// <inheritdoc cref="LatenessCount.Sent"/>
    public void Sent(long scheduledAt, long sentAt) => _lateness.Sent(scheduledAt, sentAt);

    /// <inheritdoc cref="LatenessCount.Missed"/>
    public void Missed(long scheduledAt, long stoppedAt) => _lateness.Missed(scheduledAt, stoppedAt);

    /// <summary>No request begins any more.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref _closed, 1);
        if (InFlight == 0) { _drained.TrySetResult(); }
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0 && Volatile.Read(ref _closed) != 0) { _drained.TrySetResult(); }
    }
}
