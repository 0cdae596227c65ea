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
public sealed class WorkQueue<T> : IShutdownParticipant
{
    private readonly IncomingWork<T> _items;
    private readonly Channel<Entry> _waiting;
    private readonly Task _workers;

    /// <summary>Initializes a new instance of the <see cref="WorkQueue{T}"/> class; its workers wait for items from now on.</summary>
    /// <param name="shutdown">The shutdown that waits for the items.</param>
    /// <param name="name">The name, for people and for relations. No identifiers, no payload: it names the items in reports.</param>
    /// <param name="handler">Works on one item. Its token is cancelled when the item shall stop; see <see cref="IncomingWorkOptions{T}.Policy"/>.</param>
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
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, 1, nameof(options));
        _waiting = Channel.CreateBounded<Entry>(options.Capacity);
        _items = new IncomingWork<T>(shutdown, name, handler, options, DropWaiting);
        using (ExecutionContext.SuppressFlow()) { _workers = Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => Task.Run(WorkAsync))); }
    }

    /// <inheritdoc/>
    public string Name => _items.Name;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Uses => _items.Uses;

    /// <summary>Gets how many items wait or run. A figure for people: it may be old when you read it.</summary>
    public int InFlight => _items.InFlight;

    /// <summary>Adds an item if there is room.</summary>
    /// <param name="item">The item.</param>
    /// <returns><see langword="true"/>: the queue answers for the item. <see langword="false"/>: the queue is full, or closed because it drains or
    /// because the drain's deadline has passed and items cannot be handed back; the item is still the caller's.</returns>
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
    /// <returns><see langword="true"/>: the queue answers for the item. <see langword="false"/>: the queue is closed because it drains or because the
    /// drain's deadline has passed and items cannot be handed back; the item is still the caller's.</returns>
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

    /// <summary>Hands back what has not begun, at once: for a source that gives it to somebody else. Items that come later are handed back too.</summary>
    /// <remarks>Call it when the source is shut: after StopAccepting began. What runs is left to run. A second call does nothing more.</remarks>
    /// <param name="cancellationToken">Passed to the callbacks: asks them to end.</param>
    /// <returns>A task that completes when the callbacks have ended; it never faults.</returns>
    public Task HandBackWaitingAsync(CancellationToken cancellationToken) => _items.HandBackWaitingAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        // An item whose owner waits for room is given to its owner again.
        _waiting.Writer.TryComplete();
        await _items.DrainAsync(context, cancellationToken).ConfigureAwait(false);
        await _workers.ConfigureAwait(false);
    }

    private static Func<T, WorkLease, CancellationToken, Task> Wrap(Func<T, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return (item, _, cancellationToken) => handler(item, cancellationToken);
    }

    private bool TryBegin(T item, out Entry entry)
    {
        bool begun = _items.TryBegin(item, out WorkLease lease);
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

    private async Task WorkAsync()
    {
        await foreach (Entry entry in _waiting.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await _items.RunAsync(entry.Item, entry.Lease).ConfigureAwait(false);
        }
    }

    /// <summary>The workers may all be busy, for as long as their items take.</summary>
    private void OnWritten()
    {
        Interlocked.MemoryBarrier(); // the channel's write before the look
        if (_items.SendsBack) { DropWaiting(); }
    }

    private void DropWaiting()
    {
        while (_waiting.Reader.TryRead(out Entry entry)) { _items.Drop(entry.Lease); }
    }

    private readonly record struct Entry(T Item, WorkLease Lease);
}
