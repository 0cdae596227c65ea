using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Quiesce;

/// <summary>A bounded queue in memory, and the workers that empty it.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>It takes items until its own drain begins: when everybody who uses it has drained. Then it is worked off.</item>
/// <item>Each item, waiting or running, is a unit of work: counted, named by the queue's name, reported when the deadline catches it.</item>
/// <item>At the drain's deadline what never started goes back first; what runs is cancelled, awaited, and then handed back unless it is done.</item>
/// <item>An item whose handler throws is done: the exception is logged and counted.</item>
/// </list>
/// Add it with <see cref="GracefulShutdown.Add"/>, or register it as a hosted service or participant. Thread-safe.
/// </remarks>
/// <typeparam name="T">What waits in the queue.</typeparam>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue.")]
[SuppressMessage("Design", "CA1001", Justification = "A handler that was left behind may still use the token; the source has no timer.")]
public sealed partial class WorkQueue<T> : IShutdownParticipant
{
    private readonly Func<T, WorkLease, CancellationToken, Task> _handler;
    private readonly WorkQueueOptions<T> _options;
    private readonly ShutdownCoordinator _coordinator;
    private readonly WorkTracker _tracker;
    private readonly Channel<Entry> _waiting;
    private readonly Task _workers;
    private readonly CancellationTokenSource _stop = new();

    private long _finished;
    private long _failed;
    private long _handedBack;

    /// <summary>Initializes a new instance of the <see cref="WorkQueue{T}"/> class; its workers wait for items from now on.</summary>
    /// <param name="shutdown">The shutdown that waits for the items.</param>
    /// <param name="name">The name, for people and for relations. No identifiers, no payload: it names the items in reports.</param>
    /// <param name="handler">Works on one item. Its token is cancelled when the item shall stop; see <see cref="WorkQueueOptions{T}.Policy"/>.</param>
    /// <param name="options">How it works; read once.</param>
    /// <exception cref="ArgumentOutOfRangeException">Capacity or concurrency is less than 1.</exception>
    public WorkQueue(GracefulShutdown shutdown, string name, Func<T, CancellationToken, Task> handler, WorkQueueOptions<T>? options = null)
        : this(shutdown, name, Wrap(handler), options)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WorkQueue{T}"/> class whose handler says itself when an item is done.</summary>
    /// <param name="shutdown">The shutdown that waits for the items.</param>
    /// <param name="name">The name; see the other constructor.</param>
    /// <param name="handler">Works on one item. It MUST call <see cref="WorkLease.TryComplete"/> before it settles the item with its source (an
    /// acknowledgement, for example), and MUST NOT settle it if that returns <see langword="false"/>: then it was handed back. The queue
    /// disposes the lease.</param>
    /// <param name="options">How it works; read once.</param>
    /// <exception cref="ArgumentOutOfRangeException">Capacity or concurrency is less than 1.</exception>
    public WorkQueue(GracefulShutdown shutdown, string name, Func<T, WorkLease, CancellationToken, Task> handler, WorkQueueOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(shutdown);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Capacity, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Concurrency, 1, nameof(options));
        (Name, Uses, _handler, _coordinator) = (name, _options.Uses, handler, shutdown.Coordinator);
        _waiting = Channel.CreateBounded<Entry>(_options.Capacity);
        _tracker = new WorkTracker(_coordinator.Time);
        _coordinator.Watch(_tracker);

        // At the drain's deadline; what hands the items back was made known to the tracker before.
        _coordinator.Aborting.UnsafeRegister(static queue => ((WorkQueue<T>)queue!).StopWork(), this);
        using (ExecutionContext.SuppressFlow()) { _workers = Task.WhenAll(Enumerable.Range(0, _options.Concurrency).Select(_ => Task.Run(WorkAsync))); }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Uses { get; }

    /// <summary>Gets how many items wait or run. A figure for people: it may be old when you read it.</summary>
    public int InFlight => _tracker.InFlight;

    /// <summary>Adds an item if there is room.</summary>
    /// <param name="item">The item.</param>
    /// <returns><see langword="true"/>: the queue answers for the item. <see langword="false"/>: the queue is full, or closed because it drains;
    /// the item is still the caller's.</returns>
    public bool TryEnqueue(T item)
    {
        if (!TryBegin(item, out Entry entry)) { return false; }

        if (!_waiting.Writer.TryWrite(entry)) { return !TryTakeBack(entry); }

        OnWritten();
        return true;
    }

    /// <summary>Adds an item, and waits for room.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Ends the wait; the item is the caller's then.</param>
    /// <returns><see langword="true"/>: the queue answers for the item. <see langword="false"/>: the queue is closed because it drains; the item is
    /// still the caller's.</returns>
    /// <exception cref="OperationCanceledException">The token fired before there was room.</exception>
    public async ValueTask<bool> EnqueueAsync(T item, CancellationToken cancellationToken = default)
    {
        if (!TryBegin(item, out Entry entry)) { return false; }

        try
        {
            await _waiting.Writer.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
            OnWritten();
            return true;
        }
        catch (ChannelClosedException)
        {
            return !TryTakeBack(entry);
        }
        catch (OperationCanceledException) when (!TryTakeBack(entry))
        {
            return true; // the deadline was faster, and has handed it back
        }
    }

    private static Func<T, WorkLease, CancellationToken, Task> Wrap(Func<T, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return (item, _, cancellationToken) => handler(item, cancellationToken);
    }

    private bool TryBegin(T item, out Entry entry)
    {
        bool begun = _options.HandBack is { } handBack
            ? _tracker.TryBegin(Name, cancellationToken => HandBackAsync(handBack, item, cancellationToken), out WorkLease lease)
            : _tracker.TryBegin(Name, out lease);
        entry = new Entry(item, lease);
        return begun;
    }

    /// <summary>Gives an item that found no room to its owner again, unless it was handed back meanwhile.</summary>
    private static bool TryTakeBack(Entry entry)
    {
        bool ours = entry.Lease.TryComplete();
        entry.Lease.Dispose();
        return ours;
    }

    private async Task HandBackAsync(Func<T, CancellationToken, Task> handBack, T item, CancellationToken cancellationToken)
    {
        await handBack(item, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _handedBack);
    }

    private readonly record struct Entry(T Item, WorkLease Lease);
}
