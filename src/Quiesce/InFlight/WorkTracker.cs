using System.Diagnostics.CodeAnalysis;

namespace Quiesce;

/// <summary>Knows which work is in flight, so that a shutdown can wait for it, and name what it could not wait for.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Until the Drain phase begins every unit is admitted. From then on only work begun by work in flight is, while its
/// parent lives; the parent is passed explicitly, there is no ambient state.</item>
/// <item>The drain of a tracker ends when it is closed <em>and</em> empty.</item>
/// <item>Thread-safe. Beginning and ending a unit allocates nothing once the pool has grown to the concurrency in use.</item>
/// </list>
/// </remarks>
public sealed partial class WorkTracker
{
    private readonly CoarseClock _clock;
    private readonly WorkShards _shards;

    // Units that end when the stop tells them to (a WebSocket, an event stream). Closed once the shards have drained: until then
    // any unit in them may still turn out to be one of these.
    private readonly InFlightGate _longLived = new();

    // Written by the cut, before any work is cancelled: a unit that ends because of it finds it.
    private volatile HandBacks? _handBacks;

    /// <summary>Initializes a new instance of the <see cref="WorkTracker"/> class for something that others use: an adapter, a client, a pool. Its
    /// units are counted and reported like all others; it admits them until <see cref="DrainAsync"/>, not only until the Drain phase begins.</summary>
    /// <param name="shutdown">The shutdown. Its deadline hands this tracker's units back too.</param>
    public WorkTracker(GracefulShutdown shutdown)
        : this((shutdown ?? throw new ArgumentNullException(nameof(shutdown))).Coordinator.Time) => shutdown.Coordinator.Watch(this);

    /// <param name="time">The time that ages are taken from.</param>
    /// <param name="describe">Makes a slot's description, for units that have one.</param>
    internal WorkTracker(TimeProvider time, Func<IWorkDescription>? describe = null)
    {
        _clock = new CoarseClock(time);
        _describe = describe;
        _shards = new WorkShards(this, Environment.ProcessorCount);
        _shards.Drained.ContinueWith(
            static (_, longLived) => ((InFlightGate)longLived!).Close(), _longLived, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Gets how many units are in flight, long-lived ones included. A figure for people: it may be old when you read it.</summary>
    public int InFlight => (int)(_shards.Count + _longLived.Count) - Volatile.Read(ref _holds);

    /// <summary>Completes once no new root is admitted and no unit is in flight, long-lived ones excepted.</summary>
    internal Task Drained => _shards.Drained;

    /// <summary>Completes once the tracker is closed and the last long-lived unit has ended too.</summary>
    internal Task LongLivedDrained => _longLived.Drained;

    /// <summary>Begins a unit of work.</summary>
    /// <param name="kind">What it is, for people: "GET /export", "row", "confirmation e-mail". No identifiers, no payload: it appears in reports.</param>
    /// <param name="lease">The unit. Returns <see langword="true"/>: the caller MUST dispose it when the work is done.
    /// Returns <see langword="false"/>: the caller MUST NOT start the work.</param>
    /// <returns><see langword="false"/> once the Drain phase has begun; of a tracker made with <see cref="WorkTracker(GracefulShutdown)"/>, once
    /// <see cref="DrainAsync"/> was called.</returns>
    public bool TryBegin(string kind, out WorkLease lease) => TryBeginRoot(kind, handBack: null, out lease);

    /// <summary>Refuses new roots from now on, and waits until no unit is in flight. For the owner of the tracker, in its
    /// <see cref="IShutdownParticipant.DrainAsync"/>: its users have drained by then.</summary>
    /// <returns>A task that completes when the last unit has ended; it never faults, and nothing but the end of the units ends it.</returns>
    public Task DrainAsync()
    {
        Close();
        return Drained;
    }

    /// <summary>Begins a unit of work that can be handed back: a message that is requeued, a job that gives its claim up.</summary>
    /// <param name="kind">What it is, for people; see <see cref="TryBegin(string, out WorkLease)"/>.</param>
    /// <param name="handBack">Called at most once, on a pool thread, when the drain's deadline caught the unit: once it has ended without
    /// <see cref="WorkLease.TryComplete"/>, or while it still runs if it ignores its cancellation. Its token is cancelled when its share of the
    /// time is used up. What it throws is reported and affects nobody else.</param>
    /// <param name="lease">The unit; see <see cref="TryBegin(string, out WorkLease)"/>. The caller MUST call <see cref="WorkLease.TryComplete"/>
    /// when the work is done.</param>
    /// <returns><see langword="false"/> once the Drain phase has begun; of a tracker made with <see cref="WorkTracker(GracefulShutdown)"/>, once
    /// <see cref="DrainAsync"/> was called.</returns>
    public bool TryBegin(string kind, Func<CancellationToken, Task> handBack, out WorkLease lease)
    {
        ArgumentNullException.ThrowIfNull(handBack);
        return TryBeginRoot(kind, HandBackCall.Of(handBack), out lease);
    }

    /// <summary>The same, without a closure.</summary>
    internal bool TryBegin(string kind, HandBackCall handBack, out WorkLease lease) => TryBeginRoot(kind, handBack, out lease);

    /// <summary>Begins a unit of work on behalf of one that is in flight.</summary>
    /// <param name="kind">What it is, for people; see <see cref="TryBegin(string, out WorkLease)"/>.</param>
    /// <param name="parent">The unit that begins this one. It may belong to another tracker of the same shutdown.</param>
    /// <param name="lease">The unit; see <see cref="TryBegin(string, out WorkLease)"/>.</param>
    /// <returns><see langword="true"/> while the parent lives, unless this tracker has drained: a long-lived parent does not keep it from that; without a
    /// living parent the same as without a parent.</returns>
    public bool TryBegin(string kind, WorkLease parent, out WorkLease lease)
    {
        ArgumentNullException.ThrowIfNull(kind);

        // Enter first, look at the parent second: a parent that still lives holds the drain open, so the entry counts.
        // Looking first would admit a unit whose parent ended, and ended the drain, in between.
        if (!_shards.TryEnterNested(out WorkShard? shard))
        {
            lease = default;
            return false;
        }

        if (parent.IsAlive)
        {
            lease = Begin(shard, kind, handBack: null);
            return true;
        }

        bool admitted = TryBegin(kind, out lease);
        shard.Gate.Exit();
        return admitted;
    }

    /// <summary>From now on a unit that ends without being done is handed back: the cut's, which asks what became of each.</summary>
    internal void HandBack(HandBacks handBacks) => _handBacks = handBacks;

    /// <summary>The same before the cut, whose own it does not replace. Returns the one in force.</summary>
    internal HandBacks HandBackEarly(HandBacks handBacks) => Interlocked.CompareExchange(ref _handBacks, handBacks, null) ?? handBacks;

    internal void Close() => _shards.Close();

    internal void CloseOnceEmpty() => _shards.CloseOnceEmpty();

    /// <summary>Copies what is in flight now, oldest first.</summary>
    internal IReadOnlyList<WorkInFlight> Snapshot()
    {
        List<WorkInFlight> units = [];
        foreach (WorkShard shard in _shards.All)
        {
            foreach (WorkSlot slot in shard.All)
            {
                if (slot.TryRead(_clock, out WorkInFlight unit)) { units.Add(unit); }
            }
        }

        units.Sort(static (left, right) => right.Age.CompareTo(left.Age));
        return units;
    }

    internal void MoveToLongLived(WorkSlot slot)
    {
        if (slot.IsLongLived) { return; }

        // In before out: the unit is never in neither, and _longLived cannot have drained while the shards have not.
        _longLived.TryEnterNested();
        slot.IsLongLived = true;
        slot.Home.Gate.Exit();
    }

    private bool TryBeginRoot(string kind, HandBackCall? handBack, out WorkLease lease)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (!_shards.TryEnter(out WorkShard? shard))
        {
            lease = default;
            return false;
        }

        lease = Begin(shard, kind, handBack);
        return true;
    }

    private WorkLease Begin(WorkShard shard, string kind, HandBackCall? handBack)
    {
        WorkSlot slot = shard.Rent();
        return new WorkLease(slot, slot.Begin(kind, description: null, handBack, _clock.Now));
    }
}
