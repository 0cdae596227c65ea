using System.Text;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>A summary for the page of a CI run or a pull request.</summary>
internal static class MarkdownReport
{
    private const int ShownStops = 30;

    public static string Render(ReportDocument report)
    {
        var text = new StringBuilder();
        text.Append($"## {Mark(report)} Rehearsal of {Escape(report.Title)}: {VerdictText.Of(report.Verdict.Outcome)}\n\n");
        string explained = VerdictText.Explain(report);
        if (explained.Length > 0) { text.Append(explained).Append("\n\n"); }
        foreach (string reason in report.Verdict.Reasons) { text.Append("- ").Append(Escape(reason)).Append('\n'); }
        foreach (FaultSection fault in report.Faults) { text.Append("- ").Append(Escape(FaultText.Of(fault))).Append('\n'); }
        AddFindings(text, report);
        AddStops(text, report);
        if (report.Year is { Failures: > 0 } year) { text.Append('\n').Append(EvidenceText.Of(year, report.Settings.Rate)).Append('\n'); }
        if (report.Evidence is { } evidence) { text.Append('\n').Append(EvidenceText.Of(evidence)).Append('\n'); }
        foreach (string note in report.Notes) { text.Append("\nNote: ").Append(Escape(note)).Append('\n'); }
        return text.ToString();
    }

    private static void AddFindings(StringBuilder text, ReportDocument report)
    {
        if (report.Findings.Count > 0) { text.Append("\n### What was lost, and why\n\n"); }
        foreach (FindingSection finding in report.Findings)
        {
            text.Append($"- **{Escape(finding.What)}**\n  Likely cause: {Escape(finding.Cause)}\n  Remedy: {Escape(finding.Remedy)}\n");
        }
    }

    private static void AddStops(StringBuilder text, ReportDocument report)
    {
        if (report.Deployments.Count == 0) { return; }
        text.Append("\n| Deployment | Exit | Seconds to exit | Requests | Failures | Unsafe |\n| --- | --- | ---: | ---: | ---: | ---: |\n");
        foreach (StopSection stop in report.Deployments.Take(ShownStops))
        {
            text.Append($"| {stop.Deployment} | {ReportFormat.Exit(stop)} | {ReportFormat.Seconds(stop.SecondsToExit)} | {ReportFormat.Count(stop.Requests.Total)} ");
            text.Append($"| {ReportFormat.Count(stop.Requests.Failures)} | {ReportFormat.Count(stop.Requests.Unsafe)} |\n");
            foreach (BesideSection beside in stop.Beside)
            {
                text.Append($"| {stop.Deployment}, {ReportFormat.Beside(beside.Service, report.Settings.Beside.Count)} | {ReportFormat.Exit(beside)} | {ReportFormat.Seconds(beside.SecondsToExit)} ");
                text.Append("| - | - | - |\n");
            }
        }

        if (report.Deployments.Count > ShownStops) { text.Append($"\n… and {report.Deployments.Count - ShownStops} more.\n"); }
    }

    private static string Mark(ReportDocument report) => report.Verdict.Outcome switch { "pass" => "✅", "fail" => "❌", _ => "⚠️" };

    // Titles and notes hold commands and paths: nothing in them may become mark-up.
    private static string Escape(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(static c => "\\`*_<>[]|#".Contains(c) ? $"\\{c}" : $"{c}"));
}
