using System.Collections.Concurrent;

namespace Quiesce;

/// <summary>Hands the units back that the cut caught: each once, side by side, each callback isolated.</summary>
/// <remarks>
/// A unit is handed back as soon as it has ended after its cancellation without being done; one that ignores its cancellation when
/// <see cref="TakeBack"/> says so, while it still runs. Thread-safe.
/// </remarks>
/// <param name="limit">Cancelled when the callbacks must come to an end.</param>
internal sealed class HandBacks(CancellationToken limit)
{
    private readonly ConcurrentDictionary<WorkLease, Task> _running = new();

    // Those that ended done. Their records do not remember it: work that is begun by work after the cut reuses them.
    private readonly ConcurrentDictionary<WorkLease, bool> _completed = new();

    /// <summary>Completes when the callbacks that have begun by now have ended; never faults.</summary>
    public Task Ended => Task.WhenAll(_running.Values.Select(static one => one.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default)));

    /// <summary>Notes that a unit has ended, and hands it back unless it is done.</summary>
    /// <param name="lease">The unit.</param>
    /// <param name="slot">Its record, which is not reused before this has ended.</param>
    /// <returns>As <see cref="Begin"/>.</returns>
    public Task? OnEnded(WorkLease lease, WorkSlot slot)
    {
        if (!lease.IsCompleted) { return Begin(lease, slot); }

        _completed[lease] = true;
        return null;
    }

    /// <summary>Hands a unit back, unless it is done or was handed back before.</summary>
    /// <param name="lease">The unit; it need not be alive any more.</param>
    /// <param name="slot">Its record, which is not reused before this has ended.</param>
    /// <returns>The callback's task, which never faults; <see langword="null"/> if there is nothing to do.</returns>
    public Task? Begin(WorkLease lease, WorkSlot slot)
    {
        if (slot.HandBack is not { } callback || !lease.TryBeginHandBack()) { return null; }

        // On the pool: it is foreign code, and the caller is a unit that ends, or the coordinator.
        Task running = Task.Run(() => callback.InvokeAsync(limit), CancellationToken.None);
        _running[lease] = running;
        return running.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
    }

    /// <summary>Hands back what has ignored its cancellation.</summary>
    public void TakeBack(IEnumerable<WorkInFlight> caught)
    {
        foreach (WorkInFlight unit in caught) { unit.Lease.TakeBack(this); }
    }

    /// <summary>What became of a unit that the cut caught.</summary>
    public WorkOutcome OutcomeOf(WorkInFlight unit)
    {
        if (_running.TryGetValue(unit.Lease, out Task? running))
        {
            return running.IsCompletedSuccessfully ? WorkOutcome.HandedBack : WorkOutcome.HandBackFailed;
        }

        return unit.Lease.IsCompleted || _completed.ContainsKey(unit.Lease) ? WorkOutcome.Completed : unit.Lease.IsAlive ? WorkOutcome.Ignored : WorkOutcome.Ended;
    }
}
