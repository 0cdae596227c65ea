using System.Collections.Concurrent;

namespace Quiesce;

/// <summary>Collects what happens during one shutdown.</summary>
/// <remarks><see cref="Add"/> is thread-safe; the rest belongs to the coordinator's one flow.</remarks>
internal sealed class ReportBuilder(ShutdownReason reason, Deadline deadline, int inFlightAtSignal)
{
    private readonly ConcurrentQueue<ParticipantReport> _participants = new();
    private readonly List<PhaseReport> _phases = [];
    private IReadOnlyList<WorkInFlight> _caught = [];
    private TimeSpan _phaseBegan;

    public void Add(ParticipantReport participant) => _participants.Enqueue(participant);

    public void EndPhase(ShutdownPhase phase)
    {
        TimeSpan now = deadline.Elapsed;
        _phases.Add(new PhaseReport(phase, now - _phaseBegan));
        _phaseBegan = now;
    }

    public void Catch(IReadOnlyList<WorkInFlight> units) => _caught = units;

    public ShutdownReport Build()
    {
        ParticipantReport[] participants = [.. _participants];
        AbandonedWork[] abandoned = [.. _caught.Select(unit => new AbandonedWork(unit.Kind, unit.Age, Ended: !unit.Lease.IsAlive))];
        return new ShutdownReport
        {
            Reason = reason,
            GracePeriod = deadline.Budget.Grace,
            Duration = deadline.Elapsed,
            Phases = [.. _phases],
            Participants = participants,
            InFlightAtSignal = inFlightAtSignal,
            Abandoned = abandoned,
            ExitCode = ExitCode(participants, abandoned),
        };
    }

    /// <summary>Work that may be lost weighs more than a resource that may leak.</summary>
    private static int ExitCode(ParticipantReport[] participants, AbandonedWork[] abandoned)
    {
        bool NotCompleted(ParticipantReport participant) => participant.Outcome is not StepOutcome.Completed;

        if (abandoned.Length > 0 || participants.Any(p => p.Phase == ShutdownPhase.Drain && NotCompleted(p)))
        {
            return ShutdownExitCode.WorkAbandoned;
        }

        return participants.Any(NotCompleted) ? ShutdownExitCode.ReleaseFailed : ShutdownExitCode.Clean;
    }
}
