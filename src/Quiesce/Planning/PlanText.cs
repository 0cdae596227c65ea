namespace Quiesce;

/// <summary>Says a plan in words: a line per stage, so that ten hooks which run side by side are read as one step.</summary>
internal static class PlanText
{
    /// <summary>How many names a line holds; the rest is counted.</summary>
    private const int NamedParticipants = 8;

    public static string Of(ShutdownPlan plan)
    {
        ShutdownBudget budget = plan.Budget;
        IEnumerable<string> lines =
        [
            $"Shutdown plan for a grace of {Text(budget.Grace)}. Each time is the worst case, measured from the signal.",
            .. Phase(plan, ShutdownPhase.StopAccepting, "all at once"),
            .. Phase(plan, ShutdownPhase.Drain, $"work is cancelled after {Text(budget.Cut)} and handed back until {Text(budget.DrainEnd)}"),
            .. Phase(plan, ShutdownPhase.Release, $"everything is released after {Text(budget.End)}"),
            .. Phase(plan, ShutdownPhase.Exit, $"ended by force after {Text(budget.EnforceAt)}, SIGKILL after {Text(budget.Grace)}"),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static IEnumerable<string> Phase(ShutdownPlan plan, ShutdownPhase phase, string about)
    {
        yield return $"{phase}: {about}";
        foreach (IGrouping<(int Stage, TimeSpan LatestEnd), PlannedStep> stage in plan.Steps
            .Where(step => step.Phase == phase)
            .GroupBy(static step => (step.Stage, step.LatestEnd)))
        {
            string[] names = [.. stage.Select(static step => step.Participant + (step.How is { } how ? $" ({how})" : ""))];
            string more = names.Length > NamedParticipants ? $" and {names.Length - NamedParticipants} more" : "";
            yield return $"  {stage.Key.Stage + 1}. by {Text(stage.Key.LatestEnd)}: {string.Join(", ", names.Take(NamedParticipants))}{more}";
        }
    }

    private static string Text(TimeSpan time) => ReportText.Seconds(time);
}
