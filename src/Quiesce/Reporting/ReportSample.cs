namespace Quiesce;

/// <summary>A report in which every list has something: what a rehearsal of the channels needs to come along every way.</summary>
internal static class ReportSample
{
    private const string Name = "rehearsal";

    public static ShutdownReport Fill(ShutdownReport report) => report with
    {
        Phases = [new PhaseReport(ShutdownPhase.Drain, report.Duration)],
        Participants = [.. Enum.GetValues<StepOutcome>().Select(Part)],
        Abandoned = [.. Enum.GetValues<WorkOutcome>().Select(static outcome => new AbandonedWork(Name, default, Ended: true) { Outcome = outcome })],
        Problems = [Name],
    };

    private static ParticipantReport Part(StepOutcome outcome) =>
        new(Name, ShutdownPhase.Release, outcome, default, Name, [Name]) { Origin = Name, Whereabouts = Name, ReleasedBefore = [Name] };
}
