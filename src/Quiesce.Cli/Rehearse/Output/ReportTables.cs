using Quiesce.Cli.Rehearse.Output.Tables;
using Spectre.Console;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Shows one report on a screen: stops, losses by cause, ledgers, verdict.</summary>
internal sealed class ReportTables(IAnsiConsole console)
{
    private const int ShownGroups = 12;

    public void Show(ReportDocument report)
    {
        console.WriteLine();
        Line(report.Title, "bold");
        Line(Describe(report.Settings), "grey");
        if (report.Deployments.Count > 0) { Stops(report).Show(console); }
        ShowRequests(report);
        if (report.Losses.Count > 0) { ShowLosses(report.Losses); }
        if (report.Ledgers.Count > 0) { Ledgers(report.Ledgers).Show(console); }
        if (report.SettledSeconds is { } settled)
        {
            Line($"Settled: {ReportFormat.Seconds(settled)} s after the last instance had left, nothing acknowledged was missing.", "grey");
        }

        foreach (FaultSection fault in report.Faults) { Line(FaultText.Of(fault), fault.Met ? "default" : "red"); }
        foreach (string note in report.Notes) { Line($"Note: {note}", "yellow"); }
        ShowFindings(report);
        ShowVerdict(report);
    }

    private static string Describe(SettingsSection settings)
    {
        string lag = settings.EndpointLagSeconds is [double min, double max]
            ? $" (endpoint lag {ReportFormat.Plain(min)} to {ReportFormat.Plain(max)} s)"
            : "";
        string delay = settings.NetworkDelayMilliseconds > 0 ? $", {ReportFormat.Plain(settings.NetworkDelayMilliseconds)} ms each way" : "";
        return $"balancer {settings.Balancer}{lag}{delay}, {ReportFormat.Plain(settings.Rate)} requests/s, grace {ReportFormat.Plain(settings.GraceSeconds)} s, "
            + $"{settings.Signal}, seed {settings.Seed}";
    }

    private static TextGrid Stops(ReportDocument report)
    {
        TextGrid table = NewTable(
            ["Deployment", "Instance", "Exit"], ["Seconds to exit", "to close", "Detected", "Requests", "Failures", "Unsafe"]);
        foreach (StopSection stop in report.Deployments)
        {
            AddStop(table, $"{stop.Deployment}", stop);
            AddBeside(table, report, $"{stop.Deployment}", stop);
        }

        foreach (StopSection last in report.FinalStops)
        {
            AddStop(table, "last, idle", last);
            AddBeside(table, report, "last", last);
        }

        return table;
    }

    // It has neither a listener that is watched nor requests.
    private static void AddBeside(TextGrid table, ReportDocument report, string name, StopSection stop)
    {
        foreach (BesideSection beside in stop.Beside)
        {
            AddRow(
                table, $"{name}, {ReportFormat.Beside(beside.Service, report.Settings.Beside.Count)}", $"{beside.Instance}", ReportFormat.Exit(beside),
                ReportFormat.Seconds(beside.SecondsToExit), "-", "-", "-", "-", "-");
        }
    }

    private static void AddStop(TextGrid table, string name, StopSection stop) => AddRow(
        table, name, $"{stop.Instance}", ReportFormat.Exit(stop), ReportFormat.Seconds(stop.SecondsToExit),
        stop.SecondsToClose is { } close ? ReportFormat.Seconds(close) : "-",
        stop.SecondsToDetection is { } detection ? ReportFormat.Seconds(detection) : "-",
        ReportFormat.Count(stop.Requests.Total), ReportFormat.Count(stop.Requests.Failures), ReportFormat.Count(stop.Requests.Unsafe));

    private void ShowRequests(ReportDocument report)
    {
        if (report.Baselines is { } baselines)
        {
            string kill = baselines.Kill is { } counts ? $"; SIGKILL under load: {counts.Failures} of {counts.Total} failed" : "";
            Line($"Baselines: no stop: {baselines.NoStop.Failures} of {baselines.NoStop.Total} failed{kill}.", "grey");
        }

        if (report.Deployments.Count == 0) { return; }
        CountsSection all = report.Requests;
        Line($"Requests: {ReportFormat.Count(all.Total)}. Failures: {all.Failures} (refused {all.Refused}, 503 with Retry-After {all.Unavailable}, "
            + $"unsafe {all.Unsafe}).");
        Line($"Unsafe:   {all.Unsafe} (reset {all.Reset}, truncated {all.Truncated}, server error {all.ServerError}, timeout {all.Timeout}); "
            + $"{all.UnsafeOnAnnouncedConnections} on connections used during the announce.");
    }

    private void ShowLosses(IReadOnlyList<LossSection> losses)
    {
        TextGrid table = NewTable(["Losses", "Ended as", "Request", "Connection", "Sent → failed", "ms since signal", "Deployment"], []);
        IReadOnlyList<LossGroup> groups = LossGroup.From(losses);
        foreach (LossGroup group in groups.Take(ShownGroups))
        {
            AddRow(
                table, $"{group.Losses.Count}", group.Outcome, group.Request, group.Connection, group.Way, group.SinceSignal,
                Shorten(group.Deployments));
        }

        table.Show(console);
        Line(
            "announced: the connection had carried an answer after the signal; silent: it had not. "
            + "leaving: from the signal to the closed listener.",
            "grey");
        if (groups.Count > ShownGroups) { Line($"… and {groups.Count - ShownGroups} more kinds; --json has every loss.", "grey"); }
    }

    private void ShowFindings(ReportDocument report)
    {
        for (int i = 0; i < report.Findings.Count; i++)
        {
            FindingSection finding = report.Findings[i];
            if (i == 0) { console.WriteLine(); }
            Line($"{i + 1}. {finding.What}", "bold");
            Indented($"Likely cause: {finding.Cause}", "default");
            Indented($"Remedy: {finding.Remedy}", "green");
        }
    }

    private static TextGrid Ledgers(IReadOnlyList<LedgerSection> ledgers)
    {
        TextGrid table = NewTable(["Ledger"], ["Acknowledged", "Acknowledged, not done", "Done twice", "Done, not acknowledged"]);
        foreach (LedgerSection ledger in ledgers)
        {
            AddRow(table, ledger.Name, ReportFormat.Count(ledger.Acknowledged), ReportFormat.Count(ledger.AcknowledgedNotDone.Count),
                ReportFormat.Count(ledger.DoneTwice.Count), ReportFormat.Count(ledger.DoneNotAcknowledged.Count));
        }

        return table;
    }

    private void ShowVerdict(ReportDocument report)
    {
        console.WriteLine();
        string outcome = report.Verdict.Outcome;
        Line($"Verdict: {VerdictText.Of(outcome)}. {VerdictText.Explain(report)}".TrimEnd(), $"bold {VerdictText.ColourOf(outcome)}");
        foreach (string reason in report.Verdict.Reasons) { Line($"  - {reason}"); }
        if (report.Year is { Failures: > 0 } year) { Line(EvidenceText.Of(year, report.Settings.Rate)); }
        if (report.Evidence is { } evidence) { Line(EvidenceText.Of(evidence), "grey"); }
    }

    private static string Shorten(string text) => text.Length <= 12 ? text : text[..11] + "…";

    private static TextGrid NewTable(IEnumerable<string> words, IEnumerable<string> figures) => new(
        [.. words.Select(static title => new TextColumn(title)), .. figures.Select(static title => new TextColumn(title, IsFigure: true))]);

    private static void AddRow(TextGrid table, params IEnumerable<string> cells) => table.Add([.. cells.Select(static cell => (TextCell)cell)]);

    private void Indented(string text, string style) => console.Write(new Padder(new Text(text, Style.Parse(style)), new Padding(3, 0, 0, 0)));

    private void Line(string text, string style = "default") => console.Write(new Text(text + "\n", Style.Parse(style)));
}
