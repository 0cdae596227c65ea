using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;

namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>Explains what was measured: each loss belongs to exactly one finding, the most frequent cause first.</summary>
internal static class FindingsFinder
{
    public static IReadOnlyList<Finding> Find(RehearseSettings settings, RehearsalRecord record, IReadOnlyList<Loss> losses)
    {
        IReadOnlyList<LossRule> rules = LossRules.For(settings);
        List<Stop> stops = [.. record.Deployments?.Stops ?? [], .. record.FinalStops];
        Dictionary<int, Stop> byInstance = stops.ToDictionary(static stop => stop.Instance);
        Stop? StopOf(Loss loss) => loss.Instance is { } instance ? byInstance.GetValueOrDefault(instance) : null;
        return
        [
            .. losses.GroupBy(loss => rules.First(rule => rule.Applies(loss, StopOf(loss))))
                .Select(static group => ToFinding(group.Key, [.. group]))
                .OrderByDescending(static finding => finding.Count),
            .. StopFindings.For(settings, stops),
            .. BesideFindings.For(settings, stops),
        ];
    }

    private static Finding ToFinding(LossRule rule, IReadOnlyList<Loss> losses) =>
        new(rule.Kind, losses.Count, LossPhrase.Of(losses), rule.Cause, rule.Remedy);
}
