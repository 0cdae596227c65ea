using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What is wrong with one deployment, for outputs that have a line for each.</summary>
internal static class StopChecks
{
    /// <summary>The reasons, as in the verdict; empty when all is well.</summary>
    public static IReadOnlyList<string> Explain(ReportDocument report, StopSection stop)
    {
        int lost = report.Settings.Balancer == DirectBalancer.BalancerName ? stop.Requests.Unsafe : stop.Requests.Failures;
        string[] losses = stop.ByKill || lost == 0
            ? []
            : [$"{lost} of {stop.Requests.Total} requests were lost, {stop.Requests.Unsafe} of them unsafely."];
        return [.. losses, .. ExplainExit(report, stop)];
    }

    /// <summary>The same for an end alone: a beside service has no requests.</summary>
    public static IReadOnlyList<string> ExplainExit(ReportDocument report, IExitSection exit)
    {
        if (exit.ByKill) { return []; }
        if (exit.Killed) { return [$"The instance was killed after the grace of {ReportFormat.Plain(report.Settings.GraceSeconds)} s."]; }
        return report.Settings.AcceptedExitCodes.Contains(exit.ShellCode) ? [] : [$"It left with exit code {exit.ShellCode}."];
    }
}
