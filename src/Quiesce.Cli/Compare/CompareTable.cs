using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Output;
using Spectre.Console;

namespace Quiesce.Cli.Compare;

/// <summary>Several rehearsals in one table, one line each.</summary>
internal static class CompareTable
{
    public static Table Of(IReadOnlyList<ReportDocument> reports)
    {
        var table = new Table { Border = TableBorder.Simple };
        AddColumns(table);
        foreach (ReportDocument report in reports) { table.AddRow(Cells(report)); }
        return table;
    }

    private static void AddColumns(Table table)
    {
        string[] right = ["Requests", "Refused", "Failures", "Unsafe", "…during\nannounce", "Ledger\nerrors", "Seconds per\ndeployment"];
        Add(table, "Rehearsal", Justify.Left);
        Add(table, "Balancer", Justify.Left);
        foreach (string column in right) { Add(table, column, Justify.Right); }
        Add(table, "Exits", Justify.Left);
        Add(table, "Verdict", Justify.Left);
    }

    private static void Add(Table table, string title, Justify alignment) =>
        table.AddColumn(new TableColumn(new Text(title)) { Alignment = alignment, NoWrap = title != "Rehearsal", Padding = new Padding(0, 0, 1, 0) });

    private static Text[] Cells(ReportDocument report)
    {
        bool ran = report.Deployments.Count > 0;
        string Figure(int number) => ran ? ReportFormat.Count(number) : "-";
        CountsSection all = report.Requests;

        // Alone, a refused connection has nowhere else to go: it is reported, and no failure.
        int failures = report.Settings.Balancer == DirectBalancer.BalancerName ? all.Failures - all.Refused : all.Failures;
        return
        [
            new Text(report.Title),
            new Text(report.Settings.Balancer),
            new Text(Figure(all.Total)),
            new Text(Figure(all.Refused)),
            new Text(Figure(failures), Alarm(failures)),
            new Text(Figure(all.Unsafe), Alarm(all.Unsafe)),
            new Text(Figure(all.UnsafeOnAnnouncedConnections), Alarm(all.UnsafeOnAnnouncedConnections)),
            new Text(report.Ledgers.Count == 0 ? "-" : Figure(report.Ledgers.Sum(static ledger => ledger.Mismatches))),
            new Text(Seconds(report.SecondsPerDeployment)),
            new Text(ReportFormat.Exits(report)),
            new Text(VerdictText.Of(report.Verdict.Outcome), Style.Parse(VerdictText.ColourOf(report.Verdict.Outcome))),
        ];
    }

    private static Style Alarm(int number) => number > 0 ? new Style(Color.Red) : Style.Plain;

    private static string Seconds(SecondsSection? seconds) => seconds is null
        ? "-"
        : seconds.Max - seconds.Min < 0.1
            ? ReportFormat.Seconds(seconds.Mean)
            : $"{ReportFormat.Seconds(seconds.Mean)} (≤{ReportFormat.Seconds(seconds.Max)})";
}
