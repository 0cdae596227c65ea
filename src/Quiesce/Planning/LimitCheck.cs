using System.Globalization;

namespace Quiesce;

/// <summary>Whether the explicit limits of participants fit into the phases' shares, along the longest chain of those that wait for one another.</summary>
internal static class LimitCheck
{
    private static readonly ShutdownPhase[] _phases = [ShutdownPhase.StopAccepting, ShutdownPhase.Drain, ShutdownPhase.Release];

    /// <summary>Whether a participant says anything about limits.</summary>
    public static bool Concerns(IShutdownParticipant participant) => Array.Exists(_phases, phase =>
    {
        try { return participant.LimitOf(phase) is not null; }
        catch (Exception) { return true; }
    });

    /// <summary>Looks at all of them.</summary>
    /// <param name="participants">The participants.</param>
    /// <param name="budget">What the shutdown has.</param>
    /// <param name="configured">What it would have without the environment's grace; <see langword="null"/> if that is no budget.</param>
    /// <returns>Why the limits cannot hold; or, if only the environment's shorter grace is to blame, what is shortened.</returns>
    public static (IReadOnlyList<string> Failures, IReadOnlyList<string> Warnings) Run(
        IReadOnlyList<IShutdownParticipant> participants, ShutdownBudget budget, ShutdownBudget? configured)
    {
        // Most services set no limit, and the start of each would pay for code that has nothing to look at.
        return participants.Any(Concerns) ? Look(participants, budget, configured) : ([], []);
    }

    private static (IReadOnlyList<string> Failures, IReadOnlyList<string> Warnings) Look(
        IReadOnlyList<IShutdownParticipant> participants, ShutdownBudget budget, ShutdownBudget? configured)
    {
        ParticipantGraph graph = ParticipantGraph.Build(participants);
        string[] unreadable = [.. participants.SelectMany(Unreadable)];
        string[] tooLong = [.. TooLong(graph, budget)];
        bool onlyTheEnvironmentIsTooShort = configured is not null && budget.Grace < configured.Grace && !TooLong(graph, configured).Any();
        return onlyTheEnvironmentIsTooShort
            ? (unreadable, [.. tooLong.Select(what => $"{GracePeriodVariable.Name} is shorter than GracePeriod. {what} They are shortened.")])
            : ([.. unreadable, .. tooLong.Select(static what => $"{what} Shorten one, or raise the share or the grace.")], []);
    }

    /// <summary>Foreign code: it may throw, or say what cannot be.</summary>
    private static IEnumerable<string> Unreadable(IShutdownParticipant participant)
    {
        foreach (ShutdownPhase phase in _phases)
        {
            string? problem = null;
            try
            {
                if (participant.LimitOf(phase) is { } limit && limit <= TimeSpan.Zero)
                {
                    problem = $"The limit of '{participant.Name}' in {phase} is {Text(limit)}; use more than zero, or none.";
                }
            }
            catch (Exception error)
            {
                problem = $"'{participant.Name}' cannot say its limit in {phase}: {error.GetType().Name}: {error.Message.TrimEnd('.')}.";
            }

            if (problem is not null) { yield return problem; }
        }
    }

    private static IEnumerable<string> TooLong(ParticipantGraph graph, ShutdownBudget budget)
    {
        // All sources are shut at once: each for itself.
        foreach (IShutdownParticipant source in graph.Participants.Where(one => LimitIn(one, ShutdownPhase.StopAccepting) > budget.Cut))
        {
            yield return $"The limit of '{source.Name}' in StopAccepting is {Text(LimitIn(source, ShutdownPhase.StopAccepting))}; work is cancelled " +
                $"after {Text(budget.Cut)}.";
        }

        TimeSpan InDrain(int index) => LimitIn(graph.Participants[index], ShutdownPhase.Drain);
        IReadOnlyList<int> drains = LongestChain.Find(graph.ReleaseOrder, graph.UsersOf, InDrain);
        TimeSpan drained = drains.Aggregate(TimeSpan.Zero, (sum, index) => sum + InDrain(index));
        if (drained > budget.Cut) { yield return $"{Chain(graph, drains, ShutdownPhase.Drain, drained)}; work is cancelled after {Text(budget.Cut)}."; }

        (IReadOnlyList<int> releases, TimeSpan promised, TimeSpan promisable) = ReleaseStages.Promises(graph, budget.ReleaseReserve);
        if (promised > promisable)
        {
            string kept = promisable < budget.ReleaseReserve ? ", a quarter of which is kept for those without a limit" : "";
            yield return $"{Chain(graph, releases, ShutdownPhase.Release, promised)}; ReleaseReserve is {Text(budget.ReleaseReserve)}{kept}.";
        }
    }

    private static TimeSpan LimitIn(IShutdownParticipant participant, ShutdownPhase phase) =>
        participant.HasPart(phase) ? participant.LimitIn(phase) ?? TimeSpan.Zero : TimeSpan.Zero;

    private static string Chain(ParticipantGraph graph, IReadOnlyList<int> chain, ShutdownPhase phase, TimeSpan total)
    {
        string limits = string.Join(" → ", chain.Select(index => $"'{graph.Participants[index].Name}' {Text(LimitIn(graph.Participants[index], phase))}"));
        return chain.Count == 1 ? $"The limit in {phase} of {limits} is too long" : $"The limits in {phase} of {limits} add up to {Text(total)}";
    }

    private static string Text(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);
}
