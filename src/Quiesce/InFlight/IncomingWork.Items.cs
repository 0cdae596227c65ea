using System.Globalization;

namespace Quiesce;

/// <content>One item from its beginning to its outcome.</content>
public sealed partial class IncomingWork<T>
{
    private volatile bool _sendsBack;

    /// <summary>Gets a value indicating whether nothing begins any more; once set it stays. Written before the waiting items are dropped, read after one
    /// was added: either who adds an item sees it, or whoever set it sees the item.</summary>
    internal bool SendsBack => _sendsBack;

    /// <summary>Begins an item's unit, which waits until it is run.</summary>
    internal bool TryBegin(T item, out WorkLease lease)
    {
        if (_handBack is { } handBack) { return _tracker.TryBegin(Name, new HandBackCall(handBack, item), out lease); }

        lease = default;
        return !SendsBack && _tracker.TryBegin(Name, out lease); // it would neither begin nor go back: better refused than taken and lost
    }

    /// <summary>Ends an item's unit before it was run: it goes back, or is lost if it cannot.</summary>
    internal void Drop(WorkLease lease)
    {
        if (_handBack is null) { Interlocked.Increment(ref _lost); }

        lease.Dispose();
    }

    /// <summary>Works on an item that has begun, and ends its unit.</summary>
    internal async Task RunAsync(T item, WorkLease lease)
    {
        if (SendsBack)
        {
            Drop(lease);
            return;
        }

        using (lease)
        {
            CancellationToken stop = _stop.Token;
            try
            {
                await _handler(item, lease, stop).ConfigureAwait(false);
                if (lease.IsCompleted || lease.TryComplete()) { Interlocked.Increment(ref _finished); } // otherwise it was handed back
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
            catch (Exception error)
            {
                lease.TryComplete();
                Interlocked.Increment(ref _failed);
                IncomingWorkLog.Failed(_coordinator.Logger, error, Name);
            }
        }
    }

    /// <summary>Hands back what waits.</summary>
    internal Task HandBackWaitingAsync(CancellationToken cancellationToken) =>
        HandBackIncomingAsync(
            _ =>
            {
                _dropWaiting();
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <summary>For an item that came when nothing was taken any more, and so never was a unit.</summary>
    private async Task SendBackAsync(T item)
    {
        if (_handBack is not { } handBack)
        {
            Interlocked.Increment(ref _lost);
            return;
        }

        try { await handBack(item, CancellationToken.None).ConfigureAwait(false); }
        catch (Exception error) { IncomingWorkLog.NotSentBack(_coordinator.Logger, error, Name); }
    }

    private async Task HandBackAsync(Func<T, CancellationToken, Task> handBack, T item, CancellationToken cancellationToken)
    {
        await handBack(item, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _handedBack);
    }

    private void BeginNothingMore()
    {
        _sendsBack = true;
        Interlocked.MemoryBarrier(); // the flag before the look at what waits
    }

    private void StopWork()
    {
        // Before what runs is cancelled: what never started goes back first, and nothing begins.
        BeginNothingMore();
        _dropWaiting();
        _stop.Cancel();
    }

    private string Describe()
    {
        (string Text, long Count)[] counts =
        [
            ("finished", Interlocked.Read(ref _finished)), ("failed", Interlocked.Read(ref _failed)), ("handed back", Interlocked.Read(ref _handedBack)),
            ("lost, because they cannot be handed back", Interlocked.Read(ref _lost)),
        ];
        return string.Join(", ", counts.Where(static one => one.Count > 0)
            .Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Count:N0} {one.Text}")));
    }
}
