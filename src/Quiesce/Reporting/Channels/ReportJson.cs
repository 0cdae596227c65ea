using System.Buffers;
using System.Text.Json;

namespace Quiesce;

/// <summary>The report as JSON. <c>docs/report.md</c> documents each field; a field is never renamed, and a change that a reader
/// could stumble over raises <see cref="Schema"/>.</summary>
internal static class ReportJson
{
    public const int Schema = 1;

    /// <summary>How many units are listed one by one, the oldest first; all of them are counted. 100,000 may be in flight, and at
    /// the deadline there are milliseconds.</summary>
    public const int MostUnits = 1000;

    private static readonly JsonWriterOptions _options = new() { Indented = true };

    public static byte[] Write(ShutdownReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            WriteShutdown(json, report);
            WritePhases(json, report.Phases);
            WriteParticipants(json, report.Participants);
            WriteWork(json, report);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteShutdown(Utf8JsonWriter json, ShutdownReport report)
    {
        json.WriteNumber("processId", Environment.ProcessId);
        json.WriteString("signalledAt", report.SignalledAt);
        json.WriteStartObject("reason");
        json.WriteString("trigger", report.Reason.Trigger.ToString());
        json.WriteString("text", report.Reason.Text);
        json.WriteBoolean("personIsWaiting", report.Reason.PersonIsWaiting);
        json.WriteEndObject();
        json.WriteBoolean("complete", report.IsComplete);
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteNumber("graceSeconds", Seconds(report.GracePeriod));
        json.WriteNumber("durationSeconds", Seconds(report.Duration));
    }

    private static void WritePhases(Utf8JsonWriter json, IReadOnlyList<PhaseReport> phases)
    {
        json.WriteStartArray("phases");
        foreach (PhaseReport phase in phases)
        {
            json.WriteStartObject();
            json.WriteString("phase", phase.Phase.ToString());
            json.WriteNumber("durationSeconds", Seconds(phase.Duration));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteParticipants(Utf8JsonWriter json, IReadOnlyList<ParticipantReport> participants)
    {
        json.WriteStartArray("participants");
        foreach (ParticipantReport part in participants)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteString("phase", part.Phase.ToString());
            json.WriteString("outcome", part.Outcome.ToString());
            json.WriteNumber("beganAtSeconds", Seconds(part.BeganAt));
            json.WriteNumber("durationSeconds", Seconds(part.Duration));
            if (part.Origin is not null) { json.WriteString("origin", part.Origin); }

            if (part.Error is not null) { json.WriteString("error", ReportText.WithoutMessage(part.Error)); }

            if (part.Whereabouts is not null) { json.WriteString("whereabouts", part.Whereabouts); }

            if (part.ReleasedBefore.Count > 0) { WriteTexts(json, "releasedBefore", part.ReleasedBefore); }

            WriteTexts(json, "notes", part.Notes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) { json.WriteStringValue(text); }

        json.WriteEndArray();
    }

    private static void WriteWork(Utf8JsonWriter json, ShutdownReport report)
    {
        json.WriteNumber("inFlightAtSignal", report.InFlightAtSignal);
        json.WriteNumber("abandonedCount", report.Abandoned.Count);
        json.WriteStartArray("abandoned");
        foreach (AbandonedWork unit in report.Abandoned.Take(MostUnits))
        {
            json.WriteStartObject();
            json.WriteString("kind", unit.Kind);
            json.WriteNumber("ageSeconds", Seconds(unit.Age));
            json.WriteBoolean("ended", unit.Ended);
            json.WriteString("outcome", unit.Outcome.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>To the millisecond: more digits would be noise.</summary>
    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
