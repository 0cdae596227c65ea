using System.Globalization;

namespace Quiesce;

/// <summary>Says a report in words, for a log.</summary>
internal static class ReportText
{
    /// <summary>How many abandoned units are named one by one; the rest is counted.</summary>
    private const int NamedUnits = 5;

    /// <summary>Everything in one line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="withErrorMessages">Whether the messages of exceptions may be said: they are foreign text and may hold a
    /// connection string. A log is made for them; a file that others collect is not.</param>
    public static string Summarize(ShutdownReport report, bool withErrorMessages = true)
    {
        List<string> sentences =
        [
            (report.IsComplete ? "Shut down in " : "Not shut down after ") + $"{Seconds(report.Duration)} of {Seconds(report.GracePeriod)} ({report.Reason}; " +
                $"{string.Join(", ", report.Phases.Select(phase => $"{phase.Phase} {Seconds(phase.Duration)}"))}), exit code {report.ExitCode}.",
            .. Work(report),
            .. report.Participants.Where(part => part.Outcome != StepOutcome.Completed).Select(part => Describe(part, withErrorMessages)),
            .. Early(report),
            .. report.Participants.SelectMany(part => part.Notes.Select(note => $"{part.Name}: {note.TrimEnd('.')}.")),
            .. report.Problems,
        ];
        return string.Join(' ', sentences);
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture) + " s";

    /// <summary>"1 unit of work", "2 units of work".</summary>
    public static string Units(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "unit" : "units")} of work");

    private static string Was(int count) => count == 1 ? "was" : "were";

    private static IEnumerable<string> Work(ShutdownReport report)
    {
        if (report.Abandoned.Count == 0)
        {
            if (report.InFlightAtSignal > 0) { yield return $"All work ended by itself; {Units(report.InFlightAtSignal)} {Was(report.InFlightAtSignal)} in flight at the signal."; }

            yield break;
        }

        // An exit before the drain's deadline cancels nothing, and a longer grace would not have helped.
        int running = Count(WorkOutcome.Running);
        int caught = report.Abandoned.Count - running;
        if (caught > 0)
        {
            int ignored = report.Abandoned.Count(static unit => unit is { Ended: false, Outcome: not WorkOutcome.Running });
            yield return $"{Units(caught)} {Was(caught)} still running at the drain's deadline and {Was(caught)} cancelled; {ignored} of them ignored it.";
        }

        if (running > 0) { yield return $"{Units(running)} {Was(running)} still running when the process ended."; }

        if (Count(WorkOutcome.HandedBack) is > 0 and int back) { yield return $"{back} were handed back."; }

        if (Count(WorkOutcome.HandBackFailed) is > 0 and int failed) { yield return $"{failed} could not be handed back."; }

        yield return "Oldest: " + string.Join(", ", report.Abandoned.Take(NamedUnits).Select(unit => $"'{unit.Kind}' ({Seconds(unit.Age)} old)")) + ".";
        if (caught > 0) { yield return "Raise the grace period, or let long work observe Draining."; }

        int Count(WorkOutcome outcome) => report.Abandoned.Count(unit => unit.Outcome == outcome);
    }

    /// <summary>What was released while its users were running: one sentence for all that the same ones use.</summary>
    private static IEnumerable<string> Early(ShutdownReport report) => report.Participants
        .Where(static part => part.ReleasedBefore.Count > 0)
        .GroupBy(static part => string.Join(", ", part.ReleasedBefore.Select(static user => $"'{user}'")))
        .Select(static group => $"{Names([.. group.Select(static part => part.Name)])} released while {group.Key} still ran.");

    private static string Names(string[] names) =>
        string.Join(", ", names.Take(NamedUnits).Select(static name => $"'{name}'"))
        + (names.Length > NamedUnits ? $" and {names.Length - NamedUnits} more were" : names.Length > 1 ? " were" : " was");

    /// <summary>The type of an error without its message; see <see cref="ParticipantReport.Error"/>.</summary>
    public static string WithoutMessage(string error) => error.Split(':')[0];

    private static string Describe(ParticipantReport part, bool withErrorMessages)
    {
        string who = $"'{part.Name}'" + (part.Origin is null ? "" : $" ({part.Origin})");
        return part.Outcome switch
        {
            StepOutcome.Failed => $"{who} failed in {part.Phase} after {Seconds(part.Duration)}: " +
                $"{(withErrorMessages ? part.Error : WithoutMessage(part.Error ?? ""))}.",
            StepOutcome.Cancelled => $"{who} was stopped at its limit in {part.Phase} after {Seconds(part.Duration)}.",
            _ => $"{who} ignored its limit in {part.Phase} and was left behind after {Seconds(part.Duration)}" +
                $"{(part.Whereabouts is null ? "" : $": {part.Whereabouts}")}.",
        };
    }
}
