using System.Globalization;
using System.Xml.Linq;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>JUnit XML, the form that CI systems read: a case for each stop, of beside services too, for each ledger, and for the verdict.</summary>
internal static class JUnitReport
{
    public static string Render(ReportDocument report)
    {
        XElement[] cases =
        [
            .. report.Deployments.SelectMany(stop => Cases(report, $"deployment {stop.Deployment}", stop)),
            .. report.OtherFinalStops.SelectMany(stop => Cases(report, $"instance {stop.Instance}, one of the last, idle", stop)),
            .. report.FinalStop is { } last ? Cases(report, "the last instance, idle", last) : [],
            .. report.Faults.Select(Case),
            .. report.Ledgers.Select(Case),
            Verdict(report),
        ];
        return new XDocument(new XElement(
            "testsuites",
            new XElement(
                "testsuite",
                new XAttribute("name", $"quiesce rehearse: {Clean(report.Title)}"),
                new XAttribute("tests", cases.Length),
                new XAttribute("failures", cases.Count(static one => one.Element("failure") is not null)),
                new XAttribute("errors", cases.Count(static one => one.Element("error") is not null)),
                new XAttribute("timestamp", report.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
                new XAttribute("time", report.DurationSeconds),
                cases))).ToString() + "\n";
    }

    private static IEnumerable<XElement> Cases(ReportDocument report, string name, StopSection stop) =>
    [
        Case(name, stop.SecondsToExit, StopChecks.Explain(report, stop)),
        .. stop.Beside.Select(beside => Case(
            $"{name}: {ReportFormat.Beside(beside.Service, report.Settings.Beside.Count)}", beside.SecondsToExit, StopChecks.ExplainExit(report, beside))),
    ];

    private static XElement Case(string name, double seconds, IReadOnlyList<string> reasons)
    {
        XElement element = Case(name, seconds);
        if (reasons.Count > 0) { element.Add(Trouble("failure", reasons)); }
        return element;
    }

    private static XElement Case(FaultSection fault)
    {
        XElement element = Case($"fault {fault.Fault}", 0);
        if (!fault.Met) { element.Add(Trouble("failure", [FaultText.Of(fault)])); }
        return element;
    }

    private static XElement Case(LedgerSection ledger)
    {
        XElement element = Case($"ledger {ledger.Name}", 0);
        if (ledger.Mismatches > 0)
        {
            element.Add(Trouble("failure", [$"{ledger.AcknowledgedNotDone.Count} acknowledged but not done, {ledger.DoneTwice.Count} done twice."]));
        }

        return element;
    }

    private static XElement Verdict(ReportDocument report)
    {
        XElement element = Case("verdict", report.DurationSeconds);
        string[] findings = [.. report.Findings.Select(static finding => $"{finding.What} Likely cause: {finding.Cause} Remedy: {finding.Remedy}")];
        if (report.Verdict.Outcome == "fail") { element.Add(Trouble("failure", [.. report.Verdict.Reasons, .. findings])); }
        if (report.Verdict.Outcome == "notGiven") { element.Add(Trouble("error", report.Verdict.Reasons)); }
        return element;
    }

    private static XElement Case(string name, double seconds) =>
        new("testcase", new XAttribute("classname", "quiesce.rehearse"), new XAttribute("name", Clean(name)), new XAttribute("time", seconds));

    private static XElement Trouble(string kind, IReadOnlyList<string> texts) =>
        new(kind, new XAttribute("message", Clean(texts[0])), Clean(string.Join("\n", texts)));

    // XML 1.0 has no way to write most control characters, and a program's last line may hold one.
    private static string Clean(string text) => string.Concat(text.Where(static c => c is '\n' or '\t' || !char.IsControl(c)));
}
