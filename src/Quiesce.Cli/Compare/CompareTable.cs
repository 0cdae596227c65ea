using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Balancers.Proxies;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Rehearse.Output.Tables;
using Spectre.Console;

namespace Quiesce.Cli.Compare;

/// <summary>Several rehearsals in one table, one line each.</summary>
internal static class CompareTable
{
    public static TextGrid Of(IReadOnlyList<ReportDocument> reports)
    {
        var grid = new TextGrid(
        [
            new TextColumn("Rehearsal"),
            new TextColumn("Balancer"),
            new TextColumn("Deploy-\nments", IsFigure: true) { Name = "Deployments", IsOptional = true },
            new TextColumn("Requests", IsFigure: true),
            new TextColumn("Refused", IsFigure: true),
            new TextColumn("Failures", IsFigure: true),
            new TextColumn("Unsafe", IsFigure: true),
            new TextColumn("…during\nannounce", IsFigure: true) { Name = "Unsafe during announce" },
            new TextColumn("Ledger\nerrors", IsFigure: true),
            new TextColumn("Seconds per\ndeployment", IsFigure: true),
            new TextColumn("…beyond\ndetection", IsFigure: true) { Name = "Seconds beyond detection and the longest request, at most", IsOptional = true },
            new TextColumn("Exits"),
            new TextColumn("Verdict"),
        ]);
        foreach (ReportDocument report in reports) { grid.Add(Cells(report)); }
        return grid;
    }

    private static TextCell[] Cells(ReportDocument report)
    {
        bool ran = report.Deployments.Count > 0;
        string Figure(int number) => ran ? ReportFormat.Count(number) : "-";
        CountsSection all = report.Requests;

        // Behind a proxy nobody sees which connection of the program's a request came on.
        bool behindProxy = report.Settings.Balancer is HaproxyBalancer.BalancerName or NginxBalancer.BalancerName;

        // Alone, what is refused or told to come again has nowhere else to go: it is reported, and no failure.
        int failures = report.Settings.Balancer == DirectBalancer.BalancerName ? all.Unsafe : all.Failures;
        return
        [
            report.Title,
            report.Settings.Balancer,
            ReportFormat.Count(report.Deployments.Count),
            Figure(all.Total),
            Figure(all.Refused),
            new TextCell(Figure(failures), Alarm(failures)),
            new TextCell(Figure(all.Unsafe), Alarm(all.Unsafe)),
            behindProxy ? "-" : new TextCell(Figure(all.UnsafeOnAnnouncedConnections), Alarm(all.UnsafeOnAnnouncedConnections)),
            report.Ledgers.Count == 0 ? "-" : Figure(report.Ledgers.Sum(static ledger => ledger.Mismatches)),
            Seconds(report.SecondsPerDeployment),
            BeyondDetection(report) is { } beyond ? ReportFormat.Seconds(beyond) : "-",
            ReportFormat.Exits(report),
            new TextCell(VerdictText.Of(report.Verdict.Outcome), Style.Parse(VerdictText.ColourOf(report.Verdict.Outcome))),
        ];
    }

    /// <summary>How much longer than it must a deployment has taken at most: until the balancer knew, and then as long as the longest request.</summary>
    private static double? BeyondDetection(ReportDocument report)
    {
        double[] beyond = [.. report.Deployments
            .Where(static stop => stop.SecondsToDetection is not null)
            .Select(static stop => stop.SecondsToExit - stop.SecondsToDetection!.Value - (stop.LongestRequestSeconds ?? 0))];
        return beyond.Length == 0 ? null : beyond.Max();
    }

    private static Style Alarm(int number) => number > 0 ? new Style(Color.Red) : Style.Plain;

    private static string Seconds(SecondsSection? seconds) => seconds is null
        ? "-"
        : seconds.Max - seconds.Min < 0.1
            ? ReportFormat.Seconds(seconds.Mean)
            : $"{ReportFormat.Seconds(seconds.Mean)} (≤{ReportFormat.Seconds(seconds.Max)})";
}
