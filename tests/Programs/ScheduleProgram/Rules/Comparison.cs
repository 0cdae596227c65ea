namespace Quiesce.Schedules;

/// <summary>Holds a shutdown against the reference model.</summary>
internal static class Comparison
{
    private const double Tolerance = Instants.Near - 5;

    public static void Check(Schedule schedule, Expected? expected, Trace trace)
    {
        if (expected is null || trace.Report is not { } report)
        {
            ViolationException.Unless(
                expected is null == trace.Report is null, expected is null ? "the model expects no shutdown" : "the model expects a shutdown");
            return;
        }

        ViolationException.Unless(report.Reason.Text == expected.Reason, $"10: the reason is {report.Reason}, the model expects {expected.Reason}");
        Same("the shutdown", "ends", report.Duration.TotalMilliseconds, expected.EndsAt - expected.SignalAt);
        foreach (ExpectedStep step in expected.Steps)
        {
            ParticipantReport? part = report.Participants.SingleOrDefault(part => part.Name == step.Name && part.Phase == step.Phase);
            string what = $"{step.Name} in {step.Phase}";
            ViolationException.Unless(part is not null, $"{what} is missing in the report");
            ViolationException.Unless(part!.Outcome == step.Outcome, $"{what} is {part.Outcome}, the model expects {step.Outcome}");
            Same(what, "begins", part.BeganAt.TotalMilliseconds, step.BeginsAt - expected.SignalAt);
            Same(what, "ends", (part.BeganAt + part.Duration).TotalMilliseconds, step.EndsAt - expected.SignalAt);
        }

        ViolationException.Unless(
            report.Participants.Count == expected.Steps.Count,
            $"the report knows {Names(report.Participants.Select(static part => part.Name))}; the model {Names(expected.Steps.Select(static step => step.Name))}");
        Work(schedule, expected, report, trace);
        ViolationException.Unless(report.ExitCode == expected.ExitCode, $"11: the exit code is {report.ExitCode}, the model expects {expected.ExitCode}");
    }

    private static void Work(Schedule schedule, Expected expected, ShutdownReport report, Trace trace)
    {
        for (int i = 0; i < expected.Units.Count; i++)
        {
            ExpectedUnit unit = expected.Units[i];
            bool cameTooLate = schedule.Units[i].At > trace.EndedAt - Instants.Near;
            if (cameTooLate) { continue; }

            if (trace.Units[i].Admitted != unit.Admitted) { throw new ViolationException($"6: unit {i} is {(unit.Admitted ? "refused" : "admitted")}"); }

            WorkOutcome? caught = report.Abandoned.SingleOrDefault(one => one.Kind == UnitTrace.KindOf(i))?.Outcome;
            ViolationException.Unless(caught == unit.Caught, $"6: unit {i} is reported as '{caught}', the model expects '{unit.Caught}'");
        }

        ViolationException.Unless(
            trace.AbortingAt is not null == expected.CutAt is not null, $"6: work was cancelled at '{trace.AbortingAt}', the model expects '{expected.CutAt}'");
        if (trace.AbortingAt is { } at) { Same("the cut", "comes", at, expected.CutAt!.Value); }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static void Same(string who, string does, double actual, double expected) => ViolationException.Unless(
        Math.Abs(actual - expected) <= Tolerance, $"{who} {does} after {actual} ms, the model expects {expected} ms");
}
