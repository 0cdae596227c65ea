namespace Quiesce.Schedules;

/// <summary>Makes a schedule smaller, one thing at a time, so that what breaks a rule can be read.</summary>
internal static class ScheduleShrinker
{
    public static IEnumerable<Schedule> Shrink(Schedule schedule)
    {
        foreach (IReadOnlyList<ParticipantScript> fewer in Without(schedule.Participants)) { yield return schedule with { Participants = fewer }; }

        // The last only: others may be parents.
        if (schedule.Units.Count > 0) { yield return schedule with { Units = [.. schedule.Units.SkipLast(1)] }; }

        foreach (IReadOnlyList<Poke> fewer in Without(schedule.Pokes)) { yield return schedule with { Pokes = fewer }; }

        foreach (IReadOnlyList<ParticipantScript> simpler in Each(schedule.Participants, Simpler))
        {
            yield return schedule with { Participants = simpler };
        }

        foreach (IReadOnlyList<UnitScript> simpler in Each(schedule.Units, Simpler)) { yield return schedule with { Units = simpler }; }

        if (schedule.StartedAt > 0) { yield return schedule with { StartedAt = 0 }; }

        if (schedule.Terminal) { yield return schedule with { Terminal = false }; }

        if (schedule.ReleaseReserve is not null) { yield return schedule with { ReleaseReserve = null }; }

        if (schedule.HandBack is not null) { yield return schedule with { HandBack = null }; }

        if (schedule.Frequency != TimeSpan.TicksPerSecond) { yield return schedule with { Frequency = TimeSpan.TicksPerSecond }; }
    }

    private static IEnumerable<ParticipantScript> Simpler(ParticipantScript one)
    {
        if (one.Uses.Length > 0) { yield return one with { Uses = [] }; }

        if (one.StopAccepting is not null) { yield return one with { StopAccepting = null }; }

        if (one.Drain is not null) { yield return one with { Drain = null }; }

        if (one.Release is not null) { yield return one with { Release = null }; }

        foreach (StepScript step in Simpler(one.StopAccepting)) { yield return one with { StopAccepting = step }; }

        foreach (StepScript step in Simpler(one.Drain)) { yield return one with { Drain = step }; }

        foreach (StepScript step in Simpler(one.Release)) { yield return one with { Release = step }; }
    }

    private static IEnumerable<StepScript> Simpler(StepScript? step)
    {
        if (step is null) { yield break; }

        if (step.Deed != Deed.None) { yield return step with { Deed = Deed.None }; }

        if (step.Limit is not null) { yield return step with { Limit = null }; }

        if (step.Throws) { yield return step with { Throws = false }; }

        if (step.Reacts > 0) { yield return step with { Reacts = 0 }; }

        if (step.Takes > 0) { yield return step with { Takes = 0 }; }

        if (step.Manner == Manner.Blocks) { yield return step with { Manner = Manner.Ignores }; }
    }

    private static IEnumerable<UnitScript> Simpler(UnitScript unit)
    {
        if (unit.HandBack is not null) { yield return unit with { HandBack = null }; }

        if (unit.Parent is not null) { yield return unit with { Parent = null }; }

        if (unit.Reacts > 0) { yield return unit with { Reacts = 0 }; }

        if (unit.At > 0) { yield return unit with { At = 0 }; }

        if (unit.AtTheCut != UnitReaction.Stops) { yield return unit with { AtTheCut = UnitReaction.Stops }; }
    }

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> all) =>
        Enumerable.Range(0, all.Count).Select(i => (IReadOnlyList<T>)[.. all.Take(i), .. all.Skip(i + 1)]);

    private static IEnumerable<IReadOnlyList<T>> Each<T>(IReadOnlyList<T> all, Func<T, IEnumerable<T>> simpler) =>
        Enumerable.Range(0, all.Count).SelectMany(i => simpler(all[i]).Select(one => (IReadOnlyList<T>)[.. all.Take(i), one, .. all.Skip(i + 1)]));
}
