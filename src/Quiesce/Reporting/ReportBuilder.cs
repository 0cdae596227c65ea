using System.Collections.Concurrent;

namespace Quiesce;

/// <summary>Collects what happens during one shutdown.</summary>
/// <remarks><see cref="Add"/> and <see cref="BuildSoFar"/> are thread-safe; the rest belongs to the coordinator's one flow.</remarks>
internal sealed class ReportBuilder(ShutdownReason reason, Deadline deadline, int inFlightAtSignal)
{
    private readonly ConcurrentQueue<ParticipantReport> _participants = new();
    private readonly ConcurrentQueue<PhaseReport> _phases = new();

    // Until the cut, nobody has told a unit anything: what is in flight at a report then only runs.
    private volatile Caught _caught = new([], static _ => WorkOutcome.Running);

    public void Add(ParticipantReport participant) => _participants.Enqueue(participant);

    public void EndPhase(ShutdownPhase phase) => _phases.Enqueue(CurrentPhase(phase));

    public void Catch(IReadOnlyList<WorkInFlight> units, HandBacks handBacks) => _caught = new Caught(units, handBacks.OutcomeOf);

    /// <summary>The report of a shutdown that has ended.</summary>
    /// <param name="inFlight">The units that are in flight even now. Those that work began after the cut were not caught by it, and are lost all
    /// the same.</param>
    public ShutdownReport Build(IReadOnlyList<WorkInFlight> inFlight) => Build([.. _phases], [.. _participants], WithLate(inFlight));

    /// <summary>The report of a shutdown that has not ended: what still runs is abandoned, as of now.</summary>
    /// <param name="phase">The phase it is in; <see cref="ShutdownPhase.Running"/> if it never began.</param>
    /// <param name="running">The steps that run. Looked at before the ended ones are, so that each is in one of the two.</param>
    /// <param name="inFlight">The units in flight.</param>
    public ShutdownReport BuildSoFar(ShutdownPhase phase, IReadOnlyList<RunningStep> running, IReadOnlyList<WorkInFlight> inFlight)
    {
        PhaseReport[] phases = [.. _phases];
        ParticipantReport[] ended = [.. _participants];
        HashSet<(string, ShutdownPhase)> known = [.. ended.Select(static part => (part.Name, part.Phase))];
        TimeSpan now = deadline.Elapsed;
        IEnumerable<ParticipantReport> left = running
            .Where(step => !known.Contains((step.Name, step.Phase)))
            .Select(step => step.Report(StepOutcome.Abandoned, now, error: null, notes: []));

        // Between two looks at a phase it may have ended: it is named once.
        bool phaseRuns = phase is not (ShutdownPhase.Running or ShutdownPhase.Exit) && !Array.Exists(phases, one => one.Phase == phase);
        return Build(phaseRuns ? [.. phases, CurrentPhase(phase)] : phases, [.. ended, .. left], WithLate(inFlight)) with { IsComplete = false };
    }

    /// <summary>Adds to a report that was published what became of the hooks of Exit since. Those that still run are abandoned, as of now.</summary>
    /// <param name="report">The report.</param>
    /// <param name="running">The steps that run. Looked at before the ended ones are, so that each is in one of the two.</param>
    public ShutdownReport Amend(ShutdownReport report, IReadOnlyList<RunningStep> running)
    {
        ParticipantReport[] ended = [.. _participants.Where(static part => part.Phase == ShutdownPhase.Exit)];
        TimeSpan now = deadline.Elapsed;
        ParticipantReport[] left = [.. running
            .Where(step => step.Phase == ShutdownPhase.Exit && !Array.Exists(ended, part => part.Name == step.Name))
            .Select(step => step.Report(StepOutcome.Abandoned, now, error: null, notes: []))];
        if (ended.Length + left.Length == 0) { return report; }

        ParticipantReport[] late = [.. ended, .. left];
        int exitCode = Array.Exists(late, NotCompleted) ? ShutdownExitCode.ReleaseFailed : ShutdownExitCode.Clean;
        return report.AmendedBy(late, exitCode) with { IsComplete = report.IsComplete && left.Length == 0 };
    }

    /// <summary>Whether hooks of Exit have anything to say that the published report does not: a failure, or a note.</summary>
    public static bool HasNews(ShutdownReport report) =>
        report.Participants.Any(static part => part.Phase == ShutdownPhase.Exit && (NotCompleted(part) || part.Notes.Count > 0));

    /// <summary>What the cut caught, and what else is in flight; long-lived units end by policy and are not lost.</summary>
    private Caught WithLate(IReadOnlyList<WorkInFlight> inFlight)
    {
        Caught caught = _caught;
        HashSet<WorkLease> named = [.. caught.Units.Select(static unit => unit.Lease)];
        return caught with { Units = [.. caught.Units, .. inFlight.Where(unit => !unit.IsLongLived && !named.Contains(unit.Lease))] };
    }

    /// <summary>A phase begins when its predecessor ends.</summary>
    private PhaseReport CurrentPhase(ShutdownPhase phase) =>
        new(phase, deadline.Elapsed - _phases.Aggregate(TimeSpan.Zero, static (sum, ended) => sum + ended.Duration));

    private ShutdownReport Build(PhaseReport[] phases, ParticipantReport[] participants, Caught caught)
    {
        AbandonedWork[] abandoned = [.. caught.Units.Select(caught.Abandon)];
        TimeSpan elapsed = deadline.Elapsed;
        return new ShutdownReport
        {
            Reason = reason,
            SignalledAt = deadline.Time.GetUtcNow() - elapsed,
            GracePeriod = deadline.Budget.Grace,
            Duration = elapsed,
            Phases = phases,
            Participants = participants,
            InFlightAtSignal = inFlightAtSignal,
            Abandoned = abandoned,
            ExitCode = ExitCode(participants, abandoned),
        };
    }

    /// <summary>What the cut caught, and who knows what became of it.</summary>
    private sealed record Caught(IReadOnlyList<WorkInFlight> Units, Func<WorkInFlight, WorkOutcome> OutcomeOf)
    {
        public AbandonedWork Abandon(WorkInFlight unit)
        {
            WorkOutcome outcome = OutcomeOf(unit);
            return new AbandonedWork(unit.Kind, unit.Age, Ended: outcome != WorkOutcome.Running && !unit.Lease.IsAlive) { Outcome = outcome };
        }
    }

    /// <summary>Work that may be lost weighs more than a resource that may leak, and that more than a program that failed and left nothing behind.</summary>
    private static int ExitCode(ParticipantReport[] participants, AbandonedWork[] abandoned)
    {
        ParticipantReport[] failed = [.. participants.Where(NotCompleted)];
        ParticipantReport[] others = [.. failed.Where(static part => part is not { IsProgram: true, Outcome: StepOutcome.Failed })];
        return abandoned.Length > 0 || Array.Exists(others, static part => part.Phase == ShutdownPhase.Drain) ? ShutdownExitCode.WorkAbandoned
            : others.Length > 0 ? ShutdownExitCode.ReleaseFailed
            : failed.Length > 0 ? ShutdownExitCode.ProgramFailed
            : ShutdownExitCode.Clean;
    }

    private static bool NotCompleted(ParticipantReport participant) => participant.Outcome is not StepOutcome.Completed;
}
