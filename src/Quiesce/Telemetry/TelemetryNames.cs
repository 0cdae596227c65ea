namespace Quiesce;

/// <summary>Names of meter, instruments, spans and attributes. They are part of the interface: dashboards hang on them.</summary>
/// <remarks>After OpenTelemetry's conventions (https://opentelemetry.io/docs/specs/semconv/general/naming/): lower case, dots between
/// namespaces, durations in seconds, units of measure not in the name.</remarks>
internal static class TelemetryNames
{
    /// <summary>The name of the <c>Meter</c> and of the <c>ActivitySource</c>.</summary>
    public const string Source = "Quiesce";

    public const string WorkActive = "quiesce.work.active";
    public const string WorkAbandoned = "quiesce.work.abandoned";
    public const string ShutdownDuration = "quiesce.shutdown.duration";
    public const string PhaseDuration = "quiesce.phase.duration";
    public const string ParticipantDuration = "quiesce.participant.duration";

    public const string ShutdownSpan = "shutdown";

    public const string ExitCode = "quiesce.shutdown.exit_code";
    public const string Trigger = "quiesce.shutdown.trigger";
    public const string Phase = "quiesce.phase.name";
    public const string Participant = "quiesce.participant.name";
    public const string Outcome = "quiesce.participant.outcome";
    public const string WorkKind = "quiesce.work.kind";
    public const string WorkEnded = "quiesce.work.ended";
    public const string ErrorType = "error.type";

    public const string Seconds = "s";
    public const string Units = "{unit}";
}
