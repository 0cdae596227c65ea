namespace Quiesce;

/// <summary>Metrics and trace as a channel of the report: listeners are foreign code, and are heard on a thread that may be left behind.</summary>
internal sealed class Telemetry : IReportChannel
{
    public string Name => "the metrics and the trace";

    public void Write(ShutdownReport report)
    {
        // A listener of the one that throws must not cost the other.
        try { ShutdownMetrics.Record(report); }
        finally { ShutdownTrace.Record(report); }
    }
}
