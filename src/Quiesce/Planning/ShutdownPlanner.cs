namespace Quiesce;

/// <summary>Works out the plan by the rules that the coordinator follows, as if every step were stuck.</summary>
internal static class ShutdownPlanner
{
    /// <summary>What the report may take of the time that the watchdog leaves: half for its channels, and half as long again for standard error.</summary>
    private const double ReportShare = 0.75;

    public static ShutdownPlan Plan(IReadOnlyList<IShutdownParticipant> participants, ShutdownBudget budget)
    {
        ParticipantGraph graph = ParticipantGraph.Build(participants);
        return new ShutdownPlan(budget, [.. StopAccepting(participants, budget), .. Drain(graph, budget), .. Release(graph, budget), .. Exit(participants, budget)]);
    }

    private static IEnumerable<PlannedStep> StopAccepting(IReadOnlyList<IShutdownParticipant> participants, ShutdownBudget budget) => participants
        .Where(static participant => participant.HasPart(ShutdownPhase.StopAccepting))
        .Select(participant => new PlannedStep(
            participant.Name, ShutdownPhase.StopAccepting, Stage: 0, StepLimit.OfSource(participant, TimeSpan.Zero, budget).AbandonBy)
        {
            How = (participant as ITellsHow)?.HowIn(ShutdownPhase.StopAccepting),
        });

    /// <summary>A participant's stage is the longest chain of users before it.</summary>
    private static IEnumerable<PlannedStep> Drain(ParticipantGraph graph, ShutdownBudget budget)
    {
        int[] stages = new int[graph.Participants.Count];
        List<PlannedStep> steps = [];
        foreach (int index in graph.ReleaseOrder)
        {
            IShutdownParticipant participant = graph.Participants[index];
            bool hasPart = participant.HasPart(ShutdownPhase.Drain);
            stages[index] = graph.UsersOf(index).Select(user => stages[user]).DefaultIfEmpty(0).Max();
            if (hasPart) { steps.Add(new PlannedStep(participant.Name, ShutdownPhase.Drain, stages[index], budget.DrainEnd)); }

            // Who has no part passes the stage on.
            if (hasPart) { stages[index]++; }
        }

        return steps.OrderBy(static step => step.Stage);
    }

    private static List<PlannedStep> Release(ParticipantGraph graph, ShutdownBudget budget)
    {
        List<PlannedStep> steps = [];
        TimeSpan stageBegins = budget.DrainEnd;
        int number = 0;
        foreach (IReadOnlyList<ReleaseStep> stage in ReleaseStages.Of(graph, budget.ReleaseReserve))
        {
            var ends = new Dictionary<int, TimeSpan>();
            foreach (ReleaseStep step in stage)
            {
                IShutdownParticipant participant = graph.Participants[step.Index];
                TimeSpan begins = graph.UsersOf(step.Index).Where(ends.ContainsKey).Select(user => ends[user]).DefaultIfEmpty(stageBegins).Max();
                bool hasPart = participant.HasPart(ShutdownPhase.Release);
                ends[step.Index] = hasPart ? StepLimit.OfRelease(step, begins, budget).AbandonBy : begins;
                if (hasPart) { steps.Add(new PlannedStep(participant.Name, ShutdownPhase.Release, number, ends[step.Index])); }
            }

            stageBegins = ends.Values.Max();
            number++;
        }

        return steps;
    }

    private static IEnumerable<PlannedStep> Exit(IReadOnlyList<IShutdownParticipant> participants, ShutdownBudget budget)
    {
        TimeSpan reported = budget.End + ((budget.EnforceAt - budget.End) * ReportShare);
        TimeSpan latestEnd = StepLimit.OfExit(reported, budget).AbandonBy;
        return participants
            .Where(static participant => participant.HasPart(ShutdownPhase.Exit))
            .Select(participant => new PlannedStep(participant.Name, ShutdownPhase.Exit, Stage: 0, latestEnd));
    }
}
