using System.Globalization;

namespace Quiesce;

/// <summary>Says a report in words, for a log.</summary>
internal static class ReportText
{
    /// <summary>How many abandoned units are named one by one; the rest is counted.</summary>
    private const int NamedUnits = 5;

    public static string Summarize(ShutdownReport report)
    {
        List<string> sentences =
        [
            $"Shut down in {Seconds(report.Duration)} of {Seconds(report.GracePeriod)} ({report.Reason}; " +
                $"{string.Join(", ", report.Phases.Select(phase => $"{phase.Phase} {Seconds(phase.Duration)}"))}), exit code {report.ExitCode}.",
            .. Work(report),
            .. report.Participants.Where(part => part.Outcome != StepOutcome.Completed).Select(Describe),
            .. report.Participants.SelectMany(part => part.Notes.Select(note => $"{part.Name}: {note}")),
        ];
        return string.Join(' ', sentences);
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture) + " s";

    private static IEnumerable<string> Work(ShutdownReport report)
    {
        if (report.Abandoned.Count == 0)
        {
            if (report.InFlightAtSignal > 0) { yield return $"All work ended by itself; {report.InFlightAtSignal} units were in flight at the signal."; }

            yield break;
        }

        int ignored = report.Abandoned.Count(unit => !unit.Ended);
        yield return $"{report.Abandoned.Count} units of work were still running at the drain's deadline and were cancelled; {ignored} of them ignored it.";
        yield return "Oldest: " + string.Join(", ", report.Abandoned.Take(NamedUnits).Select(unit => $"'{unit.Kind}' ({Seconds(unit.Age)} old)")) + ".";
        yield return "Raise the grace period, or let long work observe Draining.";
    }

    private static string Describe(ParticipantReport part) => part.Outcome switch
    {
        StepOutcome.Failed => $"'{part.Name}' failed in {part.Phase} after {Seconds(part.Duration)}: {part.Error}.",
        StepOutcome.Cancelled => $"'{part.Name}' was stopped at its limit in {part.Phase} after {Seconds(part.Duration)}.",
        _ => $"'{part.Name}' ignored its limit in {part.Phase} and was left behind after {Seconds(part.Duration)}.",
    };
}
