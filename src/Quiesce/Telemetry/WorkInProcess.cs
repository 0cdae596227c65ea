using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Quiesce;

/// <summary>How much work is in flight in this process, in all its trackers: asked for, never counted twice.</summary>
internal sealed class WorkInProcess
{
    // Weak: a tracker belongs to its host, and a test process has thousands of them.
    private readonly ConditionalWeakTable<WorkTracker, object> _trackers = [];

    private static readonly object _known = new();

    public WorkInProcess(Meter meter) => meter.CreateObservableUpDownCounter(
        TelemetryNames.WorkActive, Count, TelemetryNames.Units, "Units of work in flight, long-lived ones included.");

    public void Add(WorkTracker tracker) => _trackers.AddOrUpdate(tracker, _known);

    private long Count() => _trackers.Sum(static pair => (long)pair.Key.InFlight);
}
