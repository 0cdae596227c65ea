using System.Diagnostics;

namespace Quiesce;

/// <summary>A shutdown as a trace: a span for the whole, a child for each phase, a child of that for each participant's step.</summary>
/// <remarks>
/// Made from the report, with the times that were measured: a listener that blocks while a span starts would otherwise hold up the
/// shutdown itself. See docs/decisions/0008.
/// </remarks>
internal static class ShutdownTrace
{
    private static readonly ActivitySource _source = new(TelemetryNames.Source);

    public static void Record(ShutdownReport report)
    {
        if (!_source.HasListeners()) { return; }

        using Activity? whole = Start(TelemetryNames.ShutdownSpan, default, report.SignalledAt);
        if (whole is null) { return; }

        whole.SetTag(TelemetryNames.ExitCode, report.ExitCode).SetTag(TelemetryNames.Trigger, report.Reason.Trigger.ToString());
        if (report.ExitCode != ShutdownExitCode.Clean) { whole.SetStatus(ActivityStatusCode.Error, $"exit code {report.ExitCode}"); }

        DateTimeOffset beganAt = report.SignalledAt;
        foreach (PhaseReport phase in report.Phases)
        {
            Record(phase, beganAt, whole.Context, report);
            beganAt += phase.Duration;
        }

        whole.SetEndTime((report.SignalledAt + report.Duration).UtcDateTime);
    }

    private static void Record(PhaseReport phase, DateTimeOffset beganAt, ActivityContext whole, ShutdownReport report)
    {
        using Activity? span = Start(phase.Phase.ToString(), whole, beganAt);
        if (span is null) { return; }

        span.SetTag(TelemetryNames.Phase, phase.Phase.ToString());
        foreach (ParticipantReport part in report.Participants.Where(part => part.Phase == phase.Phase))
        {
            Record(part, report.SignalledAt + part.BeganAt, span.Context);
        }

        span.SetEndTime((beganAt + phase.Duration).UtcDateTime);
    }

    private static void Record(ParticipantReport part, DateTimeOffset beganAt, ActivityContext phase)
    {
        using Activity? span = Start(part.Name, phase, beganAt);
        if (span is null) { return; }

        span.SetTag(TelemetryNames.Participant, part.Name).SetTag(TelemetryNames.Outcome, part.Outcome.ToString());
        if (part.Error is not null) { span.SetTag(TelemetryNames.ErrorType, ReportText.WithoutMessage(part.Error)); }

        if (part.Outcome != StepOutcome.Completed) { span.SetStatus(ActivityStatusCode.Error, part.Outcome.ToString()); }

        span.SetEndTime((beganAt + part.Duration).UtcDateTime);
    }

    private static Activity? Start(string name, ActivityContext parent, DateTimeOffset at) =>
        _source.StartActivity(name, ActivityKind.Internal, parent, startTime: at);
}
