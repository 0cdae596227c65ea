namespace Quiesce;

/// <summary>One unit of work in flight. Disposing it says that the unit is done.</summary>
/// <remarks>
/// A copyable value over a pooled record: no allocation. <see langword="default"/> is a lease of nothing; disposing twice,
/// disposing copies, or disposing long after the shutdown ended does nothing. Thread-safe.
/// </remarks>
public readonly struct WorkLease : IDisposable, IEquatable<WorkLease>
{
    private readonly WorkSlot? _slot;
    private readonly int _version;

    internal WorkLease(WorkSlot slot, int version)
    {
        _slot = slot;
        _version = version;
    }

    internal bool IsAlive => _slot is { } slot && slot.Version == _version;

    internal bool IsCompleted => _slot is { } slot && slot.IsCompleted(_version);

    /// <summary>Compares two leases.</summary>
    /// <param name="left">One lease.</param>
    /// <param name="right">Another lease.</param>
    /// <returns>Whether both stand for the same unit.</returns>
    public static bool operator ==(WorkLease left, WorkLease right) => left.Equals(right);

    /// <summary>Compares two leases.</summary>
    /// <param name="left">One lease.</param>
    /// <param name="right">Another lease.</param>
    /// <returns>Whether they stand for different units.</returns>
    public static bool operator !=(WorkLease left, WorkLease right) => !left.Equals(right);

    /// <summary>Ends the unit. Idempotent.</summary>
    public void Dispose()
    {
        if (_slot is { } slot && slot.TryEnd(_version)) { slot.Owner.End(slot, this); }
    }

    /// <summary>Says that the work is done, so that it is not handed back. Call it at the last moment at which the work can still be
    /// handed back: before a message is acknowledged, for example.</summary>
    /// <returns><see langword="true"/>: the work counts as done. <see langword="false"/>: it was handed back, because the drain's deadline
    /// caught it, and the caller MUST NOT acknowledge it; or this is a lease of nothing, or it was said before. Undefined after
    /// <see cref="Dispose"/>.</returns>
    public bool TryComplete() => _slot is { } slot && slot.TryComplete(_version);

    /// <inheritdoc/>
    public bool Equals(WorkLease other) => _slot == other._slot && _version == other._version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WorkLease other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_slot?.Index, _version);

    internal bool TryBeginHandBack() => _slot is { } slot && slot.TryBeginHandBack(_version);

    /// <summary>Hands the unit back although it still runs.</summary>
    internal void TakeBack(HandBacks handBacks)
    {
        if (!IsAlive) { return; }

        // The unit may end while its callback runs, and the drain must wait for both.
        IDisposable hold = _slot!.Owner.Hold();
        if (handBacks.Begin(this, _slot) is { } running) { running.ContinueWith(_ => hold.Dispose(), TaskScheduler.Default); }
        else { hold.Dispose(); }
    }

    /// <summary>Moves the unit out of the drain that others wait for: it ends when the stop tells it to, not by itself.
    /// Only the flow that owns the unit may call this.</summary>
    internal void MarkLongLived()
    {
        if (IsAlive) { _slot!.Owner.MoveToLongLived(_slot); }
    }
}
