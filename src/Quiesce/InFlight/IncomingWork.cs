using System.Diagnostics.CodeAnalysis;

namespace Quiesce;

/// <summary>Work that a source brings on threads of its own, item by item: a broker's client, a poller, a watcher.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Each item that is taken is a unit of work: counted, named, reported when the deadline catches it.</item>
/// <item>How many run at a time is the source's decision: an item runs where it is taken, without a hop to another thread.</item>
/// <item>At the drain's deadline what runs is cancelled, awaited, and then handed back unless it is done.</item>
/// <item>An item whose handler throws is done: the exception is logged and counted.</item>
/// </list>
/// Add it with <see cref="GracefulShutdown.Add"/>, or let a participant that owns the source pass its calls on. For items that shall wait
/// in memory there is <see cref="WorkQueue{T}"/>. Thread-safe.
/// </remarks>
/// <typeparam name="T">What comes in.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "A handler that was left behind may still use the token; the source has no timer.")]
public sealed partial class IncomingWork<T> : IShutdownParticipant
{
    private readonly Func<T, WorkLease, CancellationToken, Task> _handler;
    private readonly IncomingWorkOptions<T> _options;
    private readonly Action _dropWaiting;
    private readonly Func<object?, CancellationToken, Task>? _handBack; // one for all items
    private readonly ShutdownCoordinator _coordinator;
    private readonly WorkTracker _tracker;
    private readonly CancellationTokenSource _stop = new();

    private long _finished;
    private long _failed;
    private long _handedBack;
    private long _lost;

    /// <summary>Initializes a new instance of the <see cref="IncomingWork{T}"/> class.</summary>
    /// <param name="shutdown">The shutdown that waits for the items.</param>
    /// <param name="name">The name, for people and for relations. No identifiers, no payload: it names the items in reports.</param>
    /// <param name="handler">Works on one item. It MUST call <see cref="WorkLease.TryComplete"/> before it settles the item with its source (an
    /// acknowledgement, for example), and MUST NOT settle it if that returns <see langword="false"/>: then it was handed back. Who calls it disposes
    /// the lease. Its token is cancelled when the item shall stop; see <see cref="IncomingWorkOptions{T}.Policy"/>.</param>
    /// <param name="options">What a shutdown does with the items; read once.</param>
    public IncomingWork(GracefulShutdown shutdown, string name, Func<T, WorkLease, CancellationToken, Task> handler, IncomingWorkOptions<T>? options = null)
        : this(shutdown, name, handler, options ?? new(), static () => { })
    {
    }

    /// <summary>Initializes a new instance of the <see cref="IncomingWork{T}"/> class some of whose items wait.</summary>
    /// <param name="shutdown">The shutdown that waits for the items.</param>
    /// <param name="name">The name.</param>
    /// <param name="handler">Works on one item.</param>
    /// <param name="options">What a shutdown does with the items.</param>
    /// <param name="dropWaiting">Ends the units that wait. Called when none shall begin any more, more than once, from any thread.</param>
    internal IncomingWork(
        GracefulShutdown shutdown, string name, Func<T, WorkLease, CancellationToken, Task> handler, IncomingWorkOptions<T> options, Action dropWaiting)
    {
        ArgumentNullException.ThrowIfNull(shutdown);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);
        (Name, Uses, _handler, _options, _dropWaiting, _coordinator) = (name, options.Uses, handler, options, dropWaiting, shutdown.Coordinator);
        _tracker = new WorkTracker(shutdown);
        if (options.HandBack is { } handBack) { _handBack = (item, cancellationToken) => HandBackAsync(handBack, (T)item!, cancellationToken); }

        // At the drain's deadline; what hands the items back was made known to the tracker before.
        _coordinator.Aborting.UnsafeRegister(static work => ((IncomingWork<T>)work!).StopWork(), this);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Uses { get; }

    /// <summary>Gets how many items are in flight. A figure for people: it may be old when you read it.</summary>
    public int InFlight => _tracker.InFlight;

    /// <summary>Works on an item, on the caller's thread until its handler waits for something.</summary>
    /// <param name="item">The item. One that comes too late, because nothing begins any more, is handed back at once.</param>
    /// <returns>A task that completes when the handler has ended, or the item is on its way back; it never faults.</returns>
    public Task TakeAsync(T item) => TryBegin(item, out WorkLease lease) ? RunAsync(item, lease) : SendBackAsync(item);

    /// <summary>From now on nothing begins: what the source still brings is handed back, for somebody else to have at once. What runs is left to run.</summary>
    /// <param name="emptySource">Called when nothing begins any more. Lets the source bring what it holds, and completes when it brings nothing more;
    /// what it throws is the caller's.</param>
    /// <param name="cancellationToken">Passed to the callbacks: asks them to end.</param>
    /// <returns>A task that completes when the source is empty and what it brought has gone back.</returns>
    public async Task HandBackIncomingAsync(Func<CancellationToken, Task> emptySource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emptySource);

        // The tracker hands back what ends without being done, and the drain waits for it.
        HandBacks handBacks = _tracker.HandBackEarly(new HandBacks(cancellationToken));
        BeginNothingMore();
        try { await emptySource(cancellationToken).ConfigureAwait(false); }
        finally { await handBacks.Ended.ConfigureAwait(false); }
    }

    /// <inheritdoc/>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        // Step 1: nothing new.
        _tracker.Close();

        // Step 2: cheap to do again means back at once, and not worth waiting for.
        if (_options.Policy == DrainPolicy.Cancel)
        {
            await HandBackWaitingAsync(cancellationToken).ConfigureAwait(false);
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        // Step 3: the last item ends by itself, or because Aborting told it to.
        await _tracker.Drained.ConfigureAwait(false);
        if (Describe() is { Length: > 0 } counts) { context.Note(counts); }
    }
}
