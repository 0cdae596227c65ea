using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What is wrong with one deployment, for outputs that have a line for each.</summary>
internal static class StopChecks
{
    /// <summary>The reasons, as in the verdict; empty when all is well.</summary>
    public static IReadOnlyList<string> Explain(ReportDocument report, StopSection stop)
    {
        if (stop.ByKill) { return []; }
        var reasons = new List<string>();
        int lost = report.Settings.Balancer == DirectBalancer.BalancerName ? stop.Requests.Unsafe : stop.Requests.Failures;
        if (lost > 0) { reasons.Add($"{lost} of {stop.Requests.Total} requests were lost, {stop.Requests.Unsafe} of them unsafely."); }
        if (stop.Killed) { reasons.Add($"The instance was killed after the grace of {ReportFormat.Plain(report.Settings.GraceSeconds)} s."); }
        else if (!report.Settings.AcceptedExitCodes.Contains(stop.ShellCode)) { reasons.Add($"It left with exit code {stop.ShellCode}."); }
        return reasons;
    }
}
