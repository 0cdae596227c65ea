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
    /// <summary>Splits the release order into stages.</summary>
    /// <param name="graph">Who uses whom.</param>
    /// <param name="hasPart">Whether a participant does anything in Release; those that do not are kept only to pass relations on.</param>
    public static IReadOnlyList<IReadOnlyList<ReleaseStep>> Of(ParticipantGraph graph, Func<int, bool> hasPart)
    {
        List<List<int>> stages = [];
        bool open = false;
        foreach (int index in graph.ReleaseOrder)
        {
            bool alone = !graph.Declares(index);
            if (alone && !hasPart(index)) { continue; }

            if (alone || !open) { stages.Add([]); }

            stages[^1].Add(index);
            open = !alone;
        }

        stages.RemoveAll(stage => !stage.Exists(index => hasPart(index)));
        return [.. stages.Select((stage, i) => WithWaiters(stage, graph, hasPart, isLast: i == stages.Count - 1))];
    }

    /// <summary>Notes for each whether anybody can be released only after it.</summary>
    private static List<ReleaseStep> WithWaiters(List<int> stage, ParticipantGraph graph, Func<int, bool> hasPart, bool isLast)
    {
        // What somebody uses comes behind it in the order: from the end, whatever is asked for is known already.
        var passesOn = new Dictionary<int, bool>();
        var steps = new List<ReleaseStep>();
        for (int i = stage.Count - 1; i >= 0; i--)
        {
            int index = stage[i];
            bool waitedFor = graph.UsesOf(index).Any(used => passesOn.GetValueOrDefault(used));
            passesOn[index] = waitedFor || hasPart(index);
            steps.Add(new ReleaseStep(index, OthersWait: waitedFor || !isLast));
        }

        steps.Reverse();
        return steps;
    }
}
