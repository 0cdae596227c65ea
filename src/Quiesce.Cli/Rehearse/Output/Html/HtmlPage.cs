using System.Globalization;
using System.Net;
using System.Text;

namespace Quiesce.Cli.Rehearse.Output.Html;

/// <summary>The page of one rehearsal: self-contained, without a script, light or dark as the reader's system is.</summary>
internal sealed class HtmlPage(ReportDocument report, IReadOnlyList<Timeline> timelines)
{
    // More would only be scrolled past: those that lost most are worth a look, and --json has everything.
    private const int ShownTimelines = 20;

    private readonly StringBuilder _html = new();

    public static string Render(ReportDocument report, IReadOnlyList<Timeline> timelines) => new HtmlPage(report, timelines).Render();

    private string Render()
    {
        string verdict = VerdictText.Of(report.Verdict.Outcome);
        _html.Append("<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'>");
        Add($"<title>{verdict}: {report.Title}</title>");
        _html.Append("<style>").Append(Css()).Append("</style></head><body><main>");
        Add($"<div class='verdict {report.Verdict.Outcome}'>{verdict}</div><h1>{report.Title}</h1>");
        Add($"<p class='soft'>{Describe()}</p>");
        Paragraph(VerdictText.Explain(report));
        foreach (string reason in report.Verdict.Reasons) { Paragraph(reason); }
        foreach (FaultSection fault in report.Faults) { Paragraph(FaultText.Of(fault)); }
        AddFigures();
        AddFindings();
        AddTimelines();
        AddLedgers();
        AddProof();
        return _html.Append("</main></body></html>\n").ToString();
    }

    private string Describe()
    {
        SettingsSection settings = report.Settings;
        string lag = settings.EndpointLagSeconds is [double min, double max] ? $", endpoint lag {ReportFormat.Plain(min)} to {ReportFormat.Plain(max)} s" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.StartedAt:yyyy-MM-dd HH:mm} UTC · {settings.Orchestrator}, balancer {settings.Balancer}{lag} · {settings.Rate} requests/s · ")
            + string.Create(CultureInfo.InvariantCulture, $"{settings.Signal}, grace {settings.GraceSeconds} s · seed {settings.Seed}");
    }

    private void AddFigures()
    {
        _html.Append("<div class='figures'>");
        Figure(report.Requests.Failures, $"of {report.Requests.Total:N0} requests failed");
        Figure(report.Requests.Unsafe, "ended unsafely: the client cannot know what was done");
        if (report.Year is { } year) { Figure(year.Failures, $"a year, at {year.Deployments:N0} deployments"); }
        if (report.SecondsPerDeployment is { } seconds)
        {
            Add($"<div><b>{ReportFormat.Seconds(seconds.Max)} s</b><span>the slowest of {report.Deployments.Count} to leave; it had {ReportFormat.Plain(report.Settings.GraceSeconds)} s</span></div>");
        }

        _html.Append("</div>");
    }

    private void Figure(int number, string text) =>
        Add($"<div class='{(number > 0 ? "bad" : "")}'><b>{ReportFormat.Count(number)}</b><span>{text}</span></div>");

    private void AddFindings()
    {
        if (report.Findings.Count == 0) { return; }
        _html.Append("<h2>What was lost, and why</h2>");
        foreach (FindingSection finding in report.Findings)
        {
            Add($"<div class='card finding'><strong>{finding.What}</strong><p><i>Likely cause</i><span>{finding.Cause}</span></p><p><i>Remedy</i><span>{finding.Remedy}</span></p></div>");
        }
    }

    private void AddTimelines()
    {
        if (timelines.Count == 0) { return; }
        _html.Append("<h2>The deployments</h2>");
        if (timelines.Count > ShownTimelines) { Paragraph($"The {ShownTimelines} that lost most, of {timelines.Count}."); }
        foreach (Timeline timeline in timelines.OrderByDescending(Weight).Take(ShownTimelines).OrderBy(static timeline => timeline.Deployment))
        {
            string lost = timeline.Failures == 0 ? "nothing lost" : $"{ReportFormat.Count(timeline.Failures)} lost";
            Add($"<div class='card'><h3>Deployment {timeline.Deployment}<span>{lost}</span></h3>");
            _html.Append(TimelineSvg.Draw(timeline)).Append("</div>");
        }
    }

    // Few enough are shown in their order; of too many, the worst.
    private int Weight(Timeline timeline) => timelines.Count > ShownTimelines ? timeline.Failures : 0;

    private void AddLedgers()
    {
        if (report.Ledgers.Count == 0) { return; }
        _html.Append("<h2>Effects</h2><div class='card'><table><tr><th>Ledger</th><th>Acknowledged</th><th>Acknowledged, not done</th><th>Done twice</th><th>Done, not acknowledged</th></tr>");
        foreach (LedgerSection ledger in report.Ledgers)
        {
            Add($"<tr><td>{ledger.Name}</td><td>{ReportFormat.Count(ledger.Acknowledged)}</td><td>{ledger.AcknowledgedNotDone.Count}</td><td>{ledger.DoneTwice.Count}</td><td>{ledger.DoneNotAcknowledged.Count}</td></tr>");
        }

        _html.Append("</table></div>");
    }

    private void AddProof()
    {
        _html.Append("<h2>What this proves</h2><div class='card'>");
        if (report.Baselines is { } baselines)
        {
            Paragraph($"Without any stop {baselines.NoStop.Failures} of {baselines.NoStop.Total} requests failed"
                + (baselines.Kill is { } kill ? $"; a SIGKILL under the same load lost {kill.Failures} of {kill.Total}, so this rehearsal sees losses." : "."));
        }

        if (report.Evidence is { } evidence) { Paragraph(EvidenceText.Of(evidence)); }
        foreach (string note in report.Notes) { Paragraph($"Note: {note}"); }
        _html.Append("</div>");
        Add($"<footer>Rehearsed with <code>quiesce rehearse -- {string.Join(' ', report.Settings.Command)}</code></footer>");
    }

    private void Paragraph(string text)
    {
        if (text.Length > 0) { Add($"<p>{text}</p>"); }
    }

    // What is put in is encoded, what stands around it is not.
    private void Add(FormattableString text) => _html.Append(string.Format(
        CultureInfo.InvariantCulture, text.Format, [.. text.GetArguments().Select(static argument => (object)WebUtility.HtmlEncode($"{argument}"))]));

    private static string Css()
    {
        using Stream sheet = typeof(HtmlPage).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(sheet);
        return reader.ReadToEnd();
    }
}
