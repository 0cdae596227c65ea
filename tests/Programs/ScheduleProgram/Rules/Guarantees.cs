namespace Quiesce.Schedules;

/// <summary>What holds for every schedule, close calls included. The numbers are those of the guarantees.</summary>
internal static class Guarantees
{
    /// <summary>Timers count in milliseconds, and a few follow one another.</summary>
    private const double Slack = 25;

    public static void Check(Schedule schedule, ShutdownBudget budget, Trace trace)
    {
        if (trace.Report is not { } report)
        {
            ViolationException.Unless(trace.EndedIn == ShutdownPhase.Running, $"2: the shutdown stands still in {trace.EndedIn}");
            ViolationException.Unless(schedule.Pokes.All(static poke => poke.Signal == ShutdownSignal.Hangup), "10: a signal was lost");
            return;
        }

        double signalAt = trace.EndedAt - report.Duration.TotalMilliseconds;
        Time(schedule, budget, report);
        Steps(schedule, report, trace, signalAt);
        Work(schedule, report, trace, signalAt + budget.Cut.TotalMilliseconds);
        ExitCode(report);
    }

    private static void Time(Schedule schedule, ShutdownBudget budget, ShutdownReport report)
    {
        // What came during start-up begins late, and then everything is over as soon as it can be.
        double end = Math.Max(budget.End.TotalMilliseconds, schedule.StartedAt);
        double drainEnd = Math.Max(budget.DrainEnd.TotalMilliseconds, schedule.StartedAt);
        ViolationException.Unless(report.Duration.TotalMilliseconds <= end + Slack, $"1: the shutdown took {report.Duration} of {budget.End}");
        ShutdownPhase[] phases = [.. report.Phases.Select(static phase => phase.Phase)];
        ViolationException.Unless(
            phases.SequenceEqual([ShutdownPhase.StopAccepting, ShutdownPhase.Drain, ShutdownPhase.Release]),
            $"1: the phases were {string.Join(", ", phases)}");
        TimeSpan releaseAt = report.Phases[0].Duration + report.Phases[1].Duration;
        ViolationException.Unless(
            releaseAt.TotalMilliseconds <= drainEnd + Slack, $"4: Release began only after {releaseAt}, its time is from {budget.DrainEnd} on");
    }

    private static void Steps(Schedule schedule, ShutdownReport report, Trace trace, double signalAt)
    {
        foreach (ParticipantScript one in schedule.Participants)
        {
            foreach (ShutdownPhase phase in report.Phases.Select(static phase => phase.Phase))
            {
                int parts = one.In(phase) is null ? 0 : 1;
                ViolationException.Unless(
                    trace.Steps.Count(step => step.Name == one.Name && step.Phase == phase) == parts,
                    $"4: {one.Name} was not asked exactly {parts} times in {phase}");
                ViolationException.Unless(
                    report.Participants.Count(part => part.Name == one.Name && part.Phase == phase) == parts,
                    $"12: {one.Name} is not reported exactly {parts} times in {phase}");
            }
        }

        foreach (ParticipantReport part in report.Participants.Where(static part => part.Name.Length == 1))
        {
            StepTrace step = trace.Steps.Single(step => step.Name == part.Name && step.Phase == part.Phase);
            bool abandoned = part.Outcome == StepOutcome.Abandoned;
            ViolationException.Unless(!abandoned || step.CancelledAt is not null, $"4: {part.Name} was abandoned in {part.Phase} and never asked to end");
            ViolationException.Unless(abandoned || step.EndedAt is not null, $"4: {part.Name} still runs and is reported as {part.Outcome} in {part.Phase}");
        }

        foreach (ParticipantReport part in report.Participants.Where(static part => part.Phase != ShutdownPhase.Drain))
        {
            int? limit = schedule.Participants.FirstOrDefault(one => one.Name == part.Name)?.In(part.Phase)?.Limit;
            ViolationException.Unless(
                limit is null || part.Duration.TotalMilliseconds <= limit + Slack, $"4: {part.Name} was waited for longer than its limit in {part.Phase}");
        }

        // Each user's part is over, by itself or because it was given up, before what it uses has its turn.
        var relations = new Relations(schedule.Participants);
        for (int used = 0; used < schedule.Participants.Count; used++)
        {
            EarlyReleases(schedule.Participants[used].Name, [.. relations.UsersOf(used).Select(user => schedule.Participants[user].Name)], report, trace);
            foreach (int user in relations.UsersOf(used)) { InOrder(schedule.Participants[user].Name, schedule.Participants[used].Name, report); }
        }

        ViolationException.Unless(
            trace.Steps.Where(static step => step.Phase == ShutdownPhase.Drain).All(step => step.BeganAt + Slack >= trace.DrainingAt),
            $"4: somebody drained before Draining was cancelled, {trace.DrainingAt - signalAt} ms after the signal");
    }

    private static void InOrder(string user, string used, ShutdownReport report)
    {
        foreach (ShutdownPhase phase in (ShutdownPhase[])[ShutdownPhase.Drain, ShutdownPhase.Release])
        {
            if (report.Participants.FirstOrDefault(part => part.Name == user && part.Phase == phase) is { } first
                && report.Participants.FirstOrDefault(part => part.Name == used && part.Phase == phase) is { } second)
            {
                ViolationException.Unless(
                    first.BeganAt + first.Duration <= second.BeganAt, $"7: {used} had its turn in {phase} before {user}, which uses it, was over");
            }
        }
    }

    /// <summary>Who is released while a user of it was left behind and still runs is named, and nobody else.</summary>
    private static void EarlyReleases(string used, string[] users, ShutdownReport report, Trace trace)
    {
        if (report.Participants.FirstOrDefault(part => part.Name == used && part.Phase == ShutdownPhase.Release) is not { } release) { return; }

        double releasedAt = trace.Steps.Single(step => step.Name == used && step.Phase == ShutdownPhase.Release).BeganAt;
        foreach (string user in users)
        {
            StepTrace[] steps = [.. trace.Steps.Where(step => step.Name == user && step.BeganAt <= releasedAt)];
            bool stillRan = Array.Exists(steps, step => step.EndedAt is not { } at || at > releasedAt + Slack);
            bool hadEnded = Array.TrueForAll(steps, step => step.EndedAt < releasedAt - Slack);
            ViolationException.Unless(!stillRan || release.ReleasedBefore.Contains(user), $"7: {used} was released while {user} still ran, and nobody says so");
            ViolationException.Unless(!hadEnded || !release.ReleasedBefore.Contains(user), $"7: {used} is said to be released while {user} still ran");
        }
    }

    private static void Work(Schedule schedule, ShutdownReport report, Trace trace, double cutAt)
    {
        for (int i = 0; i < trace.Units.Length; i++)
        {
            UnitTrace unit = trace.Units[i];
            AbandonedWork[] named = [.. report.Abandoned.Where(one => one.Kind == UnitTrace.KindOf(i))];
            ViolationException.Unless(named.Length <= 1, $"12: unit {i} is named {named.Length} times");
            ViolationException.Unless(unit.Admitted || (named.Length == 0 && unit.HandBacks == 0), $"6: unit {i} was refused and then caught");
            ViolationException.Unless(unit.HandBacks <= 1, $"6: unit {i} was handed back {unit.HandBacks} times");
            ViolationException.Unless(unit.HandBacks == 0 || !unit.Completed, $"6: unit {i} is done and was handed back");
            ViolationException.Unless(!unit.IsAlive || named.Length == 1, $"6: unit {i} was left behind and is not named");
            bool lost = unit.Admitted && !unit.Completed && unit.EndedAt is not null && schedule.Units[i].HandBack is not null;
            ViolationException.Unless(!lost || unit.HandBacks == 1, $"6: unit {i} ended undone and was not handed back");
        }

        bool hurried = trace.Actions.Contains(SignalAction.SkipDrain);
        ViolationException.Unless(
            trace.AbortingAt is not { } at || hurried || at + Slack >= Math.Min(cutAt, schedule.StartedAt), "6: work was cancelled before the cut");
        ViolationException.Unless(trace.AbortingAt is not null || report.Abandoned.Count == 0, "6: work was abandoned and never cancelled");
    }

    private static void ExitCode(ShutdownReport report)
    {
        bool Failed(ParticipantReport part) => part.Outcome != StepOutcome.Completed;
        int code = report.Abandoned.Count > 0 || report.Participants.Any(part => part.Phase == ShutdownPhase.Drain && Failed(part)) ? 80
            : report.Participants.Any(Failed) ? 81
            : 0;
        ViolationException.Unless(report.ExitCode == code, $"11: the exit code is {report.ExitCode}, not {code}");
    }
}
