using System.Globalization;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Verdict;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>One fault over all deployments.</summary>
/// <param name="Fault">Which one.</param>
/// <param name="Played">How many clients, requests or signals there were.</param>
/// <param name="Seen">What was seen, each with how often.</param>
/// <param name="NotMet">Why what was expected did not happen; <see langword="null"/> if it did.</param>
internal sealed record FaultSummary(Fault Fault, int Played, IReadOnlyList<KeyValuePair<string, int>> Seen, string? NotMet)
{
    public static IReadOnlyList<FaultSummary> Of(RehearseSettings settings, RehearsalRecord record, IReadOnlyList<Loss> losses) =>
        record.Deployments is { Stops.Count: > 0 } segment ? [.. settings.Faults.Select(fault => Of(fault, settings, record, segment, losses))] : [];

    private static FaultSummary Of(
        Fault fault, RehearseSettings settings, RehearsalRecord record, Segment segment, IReadOnlyList<Loss> losses)
    {
        FaultRecord[] records = [.. segment.Stops.SelectMany(static stop => stop.Faults).Where(one => one.Fault.Kind == fault.Kind)];
        return fault.Kind switch
        {
            FaultKind.Burst => OfBurst(fault, settings, segment),
            FaultKind.Kill => new FaultSummary(
                fault, segment.Stops.Count, [new($"{losses.Count(loss => IsByKill(loss, segment.Stops))} requests lost in flight or until the next instance", 1)],
                record.Ledgers.Any(static ledger => ledger.Mismatches > 0) ? "a ledger does not match" : null),
            _ => new FaultSummary(fault, records.Sum(static one => one.Played), Add(records), ExplainNotMet(fault, settings, segment, losses, records)),
        };
    }

    /// <summary>Whether a SIGKILL on purpose lost it: no program can answer for that.</summary>
    public static bool IsByKill(Loss loss, IReadOnlyList<Stop> stops) =>
        loss.Deployment > 0 && stops.Any(stop => stop.IsByKill && stop.Deployment == loss.Deployment);

    private static FaultSummary OfBurst(Fault fault, RehearseSettings settings, Segment segment)
    {
        RequestRecord[] burst = [.. segment.Requests.Where(static request => request.InBurst)];
        int lost = burst.Count(request => OutcomeRules.Counts(settings.Balancer, request.Outcome));
        KeyValuePair<string, int>[] seen =
            [.. burst.CountBy(static request => OutcomeText.Of(request.Outcome)).OrderByDescending(static pair => pair.Value)];
        return new FaultSummary(fault, burst.Length, seen, lost == 0 ? null : $"{lost} of them were lost");
    }

    private static string? ExplainNotMet(
        Fault fault, RehearseSettings settings, Segment segment, IReadOnlyList<Loss> losses, IReadOnlyList<FaultRecord> records)
    {
        int failed = records.Count(static one => one.Failure is not null), killed = segment.Stops.Count(static stop => stop.Killed);
        int lost = losses.Count(loss => OutcomeRules.Counts(settings.Balancer, loss.Request.Outcome));
        bool owesRequests = fault.Kind is FaultKind.SecondSignal or FaultKind.HelperFirst;
        string[] reasons =
        [
            .. failed > 0 ? [$"not in {failed} of {segment.Stops.Count} deployments"] : Array.Empty<string>(),
            .. fault.Kind != FaultKind.EarlySignal && killed > 0 ? [$"{killed} of {segment.Stops.Count} instances were killed at the grace"] : Array.Empty<string>(),
            .. owesRequests && lost > 0 ? [$"{lost.ToString("N0", CultureInfo.InvariantCulture)} requests were lost"] : Array.Empty<string>(),
        ];
        return reasons.Length == 0 ? null : string.Join(", ", reasons);
    }

    private static List<KeyValuePair<string, int>> Add(IEnumerable<FaultRecord> records) =>
    [
        .. records.SelectMany(static one => one.Seen).GroupBy(static pair => pair.Key, static pair => pair.Value)
            .Select(static group => KeyValuePair.Create(group.Key, group.Sum())).OrderByDescending(static pair => pair.Value),
    ];
}
