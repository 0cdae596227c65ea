using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Quiesce;

public sealed partial class WorkQueue<T>
{
    // Once set, nothing begins any more. Written before the waiting items are dropped, read after one was written: either the writer of an item
    // sees it, or whoever set it sees the item.
    private volatile bool _sendsBack;

    /// <summary>Hands back what has not begun, at once: for a source that gives it to somebody else. Items that come later are handed back too.</summary>
    /// <remarks>Call it when the source is shut: after StopAccepting began. What runs is left to run. A second call does nothing more.</remarks>
    /// <param name="cancellationToken">Passed to the callbacks: asks them to end.</param>
    /// <returns>A task that completes when the callbacks have ended; it never faults.</returns>
    public async Task HandBackWaitingAsync(CancellationToken cancellationToken)
    {
        // From now on the tracker hands back what ends without being done, and the drain waits for it.
        var handBacks = new HandBacks(cancellationToken);
        _tracker.HandBack(handBacks);
        _sendsBack = true;
        Interlocked.MemoryBarrier(); // the flag before the look into the channel
        DropWaiting();
        await handBacks.Ended.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        // Step 1: nothing new; an item whose owner waits for room is given to its owner again.
        _tracker.Close();
        _waiting.Writer.TryComplete();

        // Step 2: cheap to do again means back at once, and not worth waiting for.
        if (_options.Policy == DrainPolicy.Cancel)
        {
            await HandBackWaitingAsync(cancellationToken).ConfigureAwait(false);
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        // Step 3: the last item ends by itself, or because Aborting told it to.
        await _tracker.Drained.ConfigureAwait(false);
        await _workers.ConfigureAwait(false);
        if (Describe() is { Length: > 0 } counts) { context.Note(counts); }
    }

    private string Describe()
    {
        (string Text, long Count)[] counts =
        [
            ("finished", Interlocked.Read(ref _finished)), ("failed", Interlocked.Read(ref _failed)), ("handed back", Interlocked.Read(ref _handedBack)),
        ];
        return string.Join(", ", counts.Where(static one => one.Count > 0)
            .Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Count:N0} {one.Text}")));
    }

    private async Task WorkAsync()
    {
        await foreach (Entry entry in _waiting.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            // Disposed without being done: it is handed back.
            using (entry.Lease)
            {
                if (!_sendsBack) { await HandleAsync(entry).ConfigureAwait(false); }
            }
        }
    }

    private async Task HandleAsync(Entry entry)
    {
        CancellationToken stop = _stop.Token;
        try
        {
            await _handler(entry.Item, entry.Lease, stop).ConfigureAwait(false);
            entry.Lease.TryComplete(); // unless the handler has said so, or it was handed back
            if (entry.Lease.IsCompleted) { Interlocked.Increment(ref _finished); }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (Exception error)
        {
            entry.Lease.TryComplete();
            Interlocked.Increment(ref _failed);
            WorkQueueLog.Failed(_coordinator.Logger, error, Name);
        }
    }

    private void StopWork()
    {
        // Before what runs is cancelled: what never started goes back first, and no worker begins it.
        _sendsBack = true;
        DropWaiting();
        _stop.Cancel();
    }

    /// <summary>The workers may all be busy, for as long as their items take.</summary>
    private void OnWritten()
    {
        Interlocked.MemoryBarrier(); // the channel's write before the look
        if (_sendsBack) { DropWaiting(); }
    }

    private void DropWaiting()
    {
        while (_waiting.Reader.TryRead(out Entry entry)) { entry.Lease.Dispose(); }
    }
}
