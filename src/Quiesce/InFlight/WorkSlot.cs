namespace Quiesce;

/// <summary>The pooled record of one unit of work. A lease names it together with its version.</summary>
/// <remarks>
/// Odd version: in use. Even: free. Only the holder of the matching odd version may end it, and ending is one
/// compare-and-swap, so a second disposal or a stale lease finds a version that is not its own and does nothing.
/// </remarks>
internal sealed class WorkSlot(WorkShard home, int index)
{
    // Written by the unit that owns the slot, before the version turns odd; read by snapshots, which check the version twice.
    private string _kind = "";
    private IWorkDescription? _description;
    private long _startedAt;
    private bool _isLongLived;
    private int _version;
    private WorkFate _fate;
    private Func<object?, CancellationToken, Task>? _handBack;
    private object? _handBackState;

    public WorkTracker Owner => home.Owner;

    /// <summary>Gets where the slot goes back to, whichever core ends its unit.</summary>
    public WorkShard Home => home;

    public int Index => index;

    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether the unit was moved out of the drain. Snapshots read it like the kind, between two looks at the version.</summary>
    public bool IsLongLived
    {
        get => Volatile.Read(ref _isLongLived);
        set => Volatile.Write(ref _isLongLived, value);
    }

    /// <summary>How the unit is handed back when the cut catches it, if it can be. Whoever asks for a certain unit reads this first and then decides
    /// that unit's fate: the decision fails if this was a later unit's.</summary>
    public HandBackCall? HandBack => Volatile.Read(ref _handBack) is { } callback ? new HandBackCall(callback, Volatile.Read(ref _handBackState)) : null;

    /// <summary>Next free slot in the pool. Written only by the thread that pushes the slot.</summary>
    public int NextFree { get; set; }

    /// <summary>Gets the description of the unit that has the slot, or had it last. Who has not rented the slot may see it replaced.</summary>
    public IWorkDescription? Description => Volatile.Read(ref _description);

    public int Begin(string kind, IWorkDescription? description, HandBackCall? handBack, long startedAt)
    {
        // Mostly as it was: to look costs less than to write a reference.
        if (!ReferenceEquals(_kind, kind)) { _kind = kind; }

        if (!ReferenceEquals(_description, description)) { _description = description; }

        _startedAt = startedAt;
        IsLongLived = false;
        int version = _version + 1;

        // The fate first: a stale lease that reads this unit's callback must find that the fate is not its own any more, or it would hand back
        // a unit that runs.
        _fate.Reset(version);
        if (handBack is not null || _handBack is not null)
        {
            Volatile.Write(ref _handBackState, handBack?.State);
            Volatile.Write(ref _handBack, handBack?.Callback);
        }

        // Publishes the fields above: a snapshot that sees the odd version sees this unit's kind, not its predecessor's.
        Volatile.Write(ref _version, version);
        return version;
    }

    public bool TryEnd(int version) =>
        Interlocked.CompareExchange(ref _version, version + 1, version) == version;

    public bool TryComplete(int version) => _fate.TryComplete(version);

    public bool TryBeginHandBack(int version) => _fate.TryHandBack(version);

    public bool IsCompleted(int version) => _fate.IsCompleted(version);

    /// <summary>Copies what is in flight, unless the unit ends or changes meanwhile.</summary>
    public bool TryRead(CoarseClock clock, out WorkInFlight unit)
    {
        int version = Version;
        unit = default;
        if ((version & 1) == 0) { return false; }

        TimeSpan age = clock.Since(Volatile.Read(ref _startedAt));
        string kind = Volatile.Read(ref _description)?.Kind ?? Volatile.Read(ref _kind);
        unit = new WorkInFlight(kind, age, IsLongLived, new WorkLease(this, version));

        // The fence keeps the reads above from moving below the check: a slot reused meanwhile shows another version.
        Interlocked.MemoryBarrier();
        return Version == version;
    }
}
