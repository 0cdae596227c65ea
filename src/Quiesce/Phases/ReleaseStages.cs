namespace Quiesce;

/// <summary>The order of the Release phase: stages one after another; inside a stage side by side, users before what they use.</summary>
/// <remarks>
/// A participant that says nothing about what it uses may use anything that was registered before it, and is a stage of its own:
/// everything registered later is released before it, everything registered earlier after it. Those that say what they use, if only
/// <see cref="ParticipantUses.Nothing"/>, are taken at their word and share a stage with their neighbours that do. Where the order of
/// registration and a declared relation contradict each other, the relation wins.
/// </remarks>
internal static class ReleaseStages
{
    /// <summary>How much of the time explicit limits may take together; the rest is for those that have none. All of it if all have one.</summary>
    private const double PromisedShare = 0.75;

    /// <summary>Splits the release order into stages.</summary>
    /// <param name="graph">Who uses whom. Those that do nothing in Release are kept only to pass relations on.</param>
    /// <param name="available">How long the phase may take. Limits that are more than that together are shortened in proportion.</param>
    public static IReadOnlyList<IReadOnlyList<ReleaseStep>> Of(ParticipantGraph graph, TimeSpan available)
    {
        List<List<int>> stages = Split(graph);
        Dictionary<int, TimeSpan> limits = Limits(graph, stages);
        TimeSpan promised = Total(limits, LongestOf(graph, stages, limits));
        TimeSpan promisable = Promisable(graph, stages, available);
        if (promised > promisable)
        {
            foreach (int index in limits.Keys.ToList()) { limits[index] *= promisable / promised; }
        }

        List<IReadOnlyList<ReleaseStep>> steps = [];
        TimeSpan behind = TimeSpan.Zero;
        for (int i = stages.Count - 1; i >= 0; i--)
        {
            steps.Add(Steps(stages[i], graph, limits, behind, isLast: i == stages.Count - 1));
            behind += Total(limits, LongestOf(graph, [stages[i]], limits));
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>The chain whose explicit limits add up to most, and how much of <paramref name="available"/> they may take.</summary>
    public static (IReadOnlyList<int> Chain, TimeSpan Promised, TimeSpan Promisable) Promises(ParticipantGraph graph, TimeSpan available)
    {
        List<List<int>> stages = Split(graph);
        Dictionary<int, TimeSpan> limits = Limits(graph, stages);
        IReadOnlyList<int> chain = LongestOf(graph, stages, limits);
        return (chain, Total(limits, chain), Promisable(graph, stages, available));
    }

    private static List<List<int>> Split(ParticipantGraph graph)
    {
        List<List<int>> stages = [];
        bool open = false;
        foreach (int index in graph.ReleaseOrder)
        {
            bool alone = !graph.Declares(index);
            if (alone && !IsReleased(graph, index)) { continue; }

            if (alone || !open) { stages.Add([]); }

            stages[^1].Add(index);
            open = !alone;
        }

        stages.RemoveAll(stage => !stage.Exists(index => IsReleased(graph, index)));
        return stages;
    }

    private static bool IsReleased(ParticipantGraph graph, int index) => graph.Participants[index].HasPart(ShutdownPhase.Release);

    private static Dictionary<int, TimeSpan> Limits(ParticipantGraph graph, List<List<int>> stages)
    {
        var limits = new Dictionary<int, TimeSpan>();
        foreach (int index in stages.SelectMany(static stage => stage))
        {
            if (IsReleased(graph, index) && graph.Participants[index].LimitIn(ShutdownPhase.Release) is { } limit) { limits[index] = limit; }
        }

        return limits;
    }

    private static TimeSpan Promisable(ParticipantGraph graph, List<List<int>> stages, TimeSpan available)
    {
        bool allHaveOne = stages.All(stage => stage.All(
            index => !IsReleased(graph, index) || graph.Participants[index].LimitIn(ShutdownPhase.Release) is not null));
        return allHaveOne ? available : available * PromisedShare;
    }

    /// <summary>Stages follow one another, so the longest chain is that of each, end to end.</summary>
    private static List<int> LongestOf(ParticipantGraph graph, List<List<int>> stages, Dictionary<int, TimeSpan> limits) =>
        [.. stages.SelectMany(stage => LongestChain.Find(stage, graph.UsersOf, index => limits.GetValueOrDefault(index)))];

    private static TimeSpan Total(Dictionary<int, TimeSpan> limits, IReadOnlyList<int> chain) =>
        chain.Aggregate(TimeSpan.Zero, (sum, index) => sum + limits[index]);

    /// <summary>Notes for each whether anybody can be released only after it, and what those were promised.</summary>
    private static List<ReleaseStep> Steps(
        List<int> stage, ParticipantGraph graph, Dictionary<int, TimeSpan> limits, TimeSpan behindStage, bool isLast)
    {
        // What somebody uses comes behind it in the order: from the end, whatever is asked for is known already.
        var passesOn = new Dictionary<int, bool>();
        var promised = new Dictionary<int, TimeSpan>();
        var steps = new List<ReleaseStep>();
        for (int i = stage.Count - 1; i >= 0; i--)
        {
            int index = stage[i];
            bool waitedFor = graph.UsesOf(index).Any(used => passesOn.GetValueOrDefault(used));
            passesOn[index] = waitedFor || IsReleased(graph, index);
            TimeSpan behind = graph.UsesOf(index).Select(used => promised.GetValueOrDefault(used)).DefaultIfEmpty().Max();
            promised[index] = behind + limits.GetValueOrDefault(index);
            steps.Add(new ReleaseStep(index, OthersWait: waitedFor || !isLast)
            {
                Limit = limits.TryGetValue(index, out TimeSpan limit) ? limit : null,
                PromisedBehind = behind + behindStage,
            });
        }

        steps.Reverse();
        return steps;
    }
}
