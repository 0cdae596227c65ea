using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Quiesce;

/// <summary>The instruments. One of them is observable, the others are written once, with the report: work in flight costs nothing.</summary>
/// <remarks>Thread-safe. A listener may throw or block: it is heard on the collecting thread, or on the channel's own.</remarks>
internal static class ShutdownMetrics
{
    private static readonly Meter _meter = new(TelemetryNames.Source);
    private static readonly WorkInProcess _work = new(_meter);

    private static readonly Counter<long> _abandoned = _meter.CreateCounter<long>(
        TelemetryNames.WorkAbandoned, TelemetryNames.Units, "Units of work that the drain's deadline caught.");

    private static readonly Histogram<double> _shutdown = _meter.CreateHistogram<double>(
        TelemetryNames.ShutdownDuration, TelemetryNames.Seconds, "Time from the signal to the end of the shutdown.");

    private static readonly Histogram<double> _phase = _meter.CreateHistogram<double>(
        TelemetryNames.PhaseDuration, TelemetryNames.Seconds, "Time that a phase took.");

    private static readonly Histogram<double> _participant = _meter.CreateHistogram<double>(
        TelemetryNames.ParticipantDuration, TelemetryNames.Seconds, "Time that a participant's part in a phase took, or was waited for.");

    /// <summary>Has the tracker's units counted, for as long as somebody else keeps it.</summary>
    public static void Observe(WorkTracker tracker) => _work.Add(tracker);

    /// <summary>Does nothing where nobody listens: this lies between the last answer and the end of the process.</summary>
    public static void Record(ShutdownReport report)
    {
        if (_shutdown.Enabled || _phase.Enabled || _participant.Enabled || _abandoned.Enabled) { RecordAll(report); }
    }

    private static void RecordAll(ShutdownReport report)
    {
        var exitCode = new KeyValuePair<string, object?>(TelemetryNames.ExitCode, report.ExitCode);
        _shutdown.Record(report.Duration.TotalSeconds, exitCode, new(TelemetryNames.Trigger, report.Reason.Trigger.ToString()));
        foreach (PhaseReport phase in report.Phases)
        {
            _phase.Record(phase.Duration.TotalSeconds, new KeyValuePair<string, object?>(TelemetryNames.Phase, phase.Phase.ToString()));
        }

        foreach (ParticipantReport part in report.Participants) { Record(part); }

        foreach (IGrouping<(string, bool), AbandonedWork> units in report.Abandoned.GroupBy(static unit => (unit.Kind, unit.Ended)))
        {
            (string kind, bool ended) = units.Key;
            _abandoned.Add(units.LongCount(), new KeyValuePair<string, object?>(TelemetryNames.WorkKind, kind), new(TelemetryNames.WorkEnded, ended));
        }
    }

    private static void Record(ParticipantReport part)
    {
        var tags = new TagList
        {
            { TelemetryNames.Participant, part.Name },
            { TelemetryNames.Phase, part.Phase.ToString() },
            { TelemetryNames.Outcome, part.Outcome.ToString() },
        };
        if (part.Error is not null) { tags.Add(TelemetryNames.ErrorType, ReportText.WithoutMessage(part.Error)); }

        _participant.Record(part.Duration.TotalSeconds, tags);
    }
}
