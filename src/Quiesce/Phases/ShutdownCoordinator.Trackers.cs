namespace Quiesce;

/// <content>The trackers whose units the shutdown counts, hands back, and waits for.</content>
internal sealed partial class ShutdownCoordinator
{
    private readonly Lock _trackersLock = new();

    // Replaced as a whole under _trackersLock; whoever looks takes no lock: it may be the watchdog.
    private volatile WorkTracker[] _trackers;

    // Guarded by _trackersLock; null before the cut.
    private HandBacks? _handBacks;

    /// <summary>Counts a further tracker's units at the signal and at the cut.</summary>
    public void Watch(WorkTracker tracker)
    {
        lock (_trackersLock)
        {
            _trackers = [.. _trackers, tracker];
            if (_handBacks is { } cut) { tracker.HandBack(cut); }
        }

        ShutdownMetrics.Observe(tracker);
    }

    /// <summary>Completes when each tracker was empty once since it was called, long-lived units and hand-backs included: nothing that had begun before runs
    /// any more.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_trackers.Select(static tracker => tracker.WhenIdleAsync()));

    /// <summary>Every unit in flight, the oldest first. Lock-free.</summary>
    private List<WorkInFlight> Snapshot() =>
        [.. _trackers.SelectMany(static tracker => tracker.Snapshot()).OrderByDescending(static unit => unit.Age)];

    /// <summary>The cut's: for the trackers there are, and for those that come later.</summary>
    private void HandBackFromNowOn(HandBacks handBacks)
    {
        lock (_trackersLock)
        {
            _handBacks = handBacks;
            foreach (WorkTracker tracker in _trackers) { tracker.HandBack(handBacks); }
        }
    }
}
