using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>Turns what was measured into a verdict.</summary>
/// <remarks>
/// Without a balancer there is nowhere else to go while the one process is away, so only unsafe endings fail; behind one, everything that is
/// not ok does. In both, every stop, of the program and of the beside services, must end by itself with an accepted exit code, and every ledger
/// must match. What a SIGKILL on purpose loses fails nothing; the clients of faults are held to what is expected of each fault.
/// </remarks>
internal static class Judge
{
    public static RehearsalVerdict Decide(RehearseSettings settings, RehearsalRecord record, IReadOnlyList<Loss> losses)
    {
        losses = [.. losses.Where(loss => OutcomeRules.Counts(settings.Balancer, loss.Request.Outcome) && !FaultSummary.IsByKill(loss, record.Deployments?.Stops ?? []))];
        if (record.NoVerdictReason is { } reason) { return new RehearsalVerdict(VerdictOutcome.NotGiven, [reason]); }
        if (!settings.Baselines)
        {
            string withheld = "The baselines were skipped (--no-baselines): nothing shows that this rig would have seen a loss.";
            return new RehearsalVerdict(VerdictOutcome.NotGiven, [withheld, .. Failures(settings, record, losses)]);
        }

        string[] failures = [.. Failures(settings, record, losses)];
        if (LatenessRule.Explain(record.Deployments?.Lateness, losses) is { } late) { return new RehearsalVerdict(VerdictOutcome.NotGiven, [late, .. failures]); }
        return new RehearsalVerdict(failures.Length == 0 ? VerdictOutcome.Pass : VerdictOutcome.Fail, failures);
    }

    private static IEnumerable<string> Failures(RehearseSettings settings, RehearsalRecord record, IReadOnlyList<Loss> losses)
    {
        Stop[] deployments = [.. record.Deployments?.Stops ?? []];
        IEnumerable<string> requests = settings.Balancer == BalancerKind.None ? UnsafeRequests(losses) : FailedRequests(losses);
        IEnumerable<string> stops = AllStops(record).SelectMany(stop => StopFailures(settings, stop));
        return [.. requests, .. stops, .. deployments.SelectMany(FaultFailures), .. record.Ledgers.SelectMany(LedgerFailures)];
    }

    private static IEnumerable<Stop> AllStops(RehearsalRecord record) =>
        [.. record.Deployments?.Stops ?? [], .. record.FinalStops];

    private static IEnumerable<string> UnsafeRequests(IReadOnlyList<Loss> losses)
    {
        if (losses.Count == 0) { yield break; }
        int announced = losses.Count(static loss => loss.UsedDuringAnnounce);
        yield return $"{Count(losses.Count, "request")} ended unsafely ({ByClass(losses)}), {announced} of them on connections used during the announce.";
    }

    private static IEnumerable<string> FailedRequests(IReadOnlyList<Loss> losses)
    {
        if (losses.Count > 0)
        {
            yield return $"{Count(losses.Count, "request")} failed ({ByClass(losses)}), {losses.Count(static loss => loss.IsUnsafe)} of them unsafely.";
        }
    }

    private static IEnumerable<string> StopFailures(RehearseSettings settings, Stop stop)
    {
        string when = stop.Deployment > 0 ? $"Deployment {stop.Deployment}" : "The last stop";
        return
        [
            .. ExitFailures(settings, $"{when}: instance {stop.Instance}", stop.Status, stop.Killed, stop.IsByKill),
            .. stop.Beside.SelectMany(beside => ExitFailures(settings, $"{when}: the {beside.Identity}", beside.Status, beside.Killed, beside.IsByKill)),
        ];
    }

    private static IEnumerable<string> ExitFailures(RehearseSettings settings, string who, ExitStatus status, bool killed, bool isByKill)
    {
        if (killed)
        {
            yield return $"{who} was still there after the grace of {settings.Grace.TotalSeconds} s and was killed.";
        }
        else if (!isByKill && !settings.AcceptedExitCodes.Contains(status.ShellCode))
        {
            string accepted = string.Join(", ", settings.AcceptedExitCodes.Order());
            yield return $"{who} left with {status} (shell: {status.ShellCode}); accepted: {accepted} (--accept-exit).";
        }
    }

    private static IEnumerable<string> FaultFailures(Stop stop) => stop.Faults
        .Where(static fault => fault.Failure is not null)
        .Select(fault => $"Deployment {stop.Deployment}, fault {fault.Fault}: {fault.Failure}");

    private static IEnumerable<string> LedgerFailures(LedgerResult ledger)
    {
        if (ledger.AcknowledgedNotDone.Count > 0)
        {
            yield return $"Ledger {ledger.Name}: {ledger.AcknowledgedNotDone.Count} acknowledged but not done, "
                + $"such as {ledger.AcknowledgedNotDone[0].Id}.";
        }

        if (ledger.DoneTwice.Count > 0)
        {
            yield return $"Ledger {ledger.Name}: {ledger.DoneTwice.Count} done twice, such as {ledger.DoneTwice[0].Id}.";
        }
    }

    private static string ByClass(IEnumerable<Loss> losses) => string.Join(", ", losses
        .CountBy(static loss => loss.Request.Outcome).OrderBy(static pair => pair.Key)
        .Select(static pair => $"{pair.Value} {OutcomeText.Of(pair.Key)}"));

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
