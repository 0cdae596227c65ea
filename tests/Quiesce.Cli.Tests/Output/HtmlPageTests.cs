using System.Text.RegularExpressions;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Rehearse.Output.Html;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Verdict;

namespace Quiesce.Cli.Tests.Output;

public sealed class HtmlPageTests : IDisposable
{
    // Asks the browser about the page as it laid it out: is anything wider than the page, does a text leave its drawing, how dark is it?
    private const string Questions = """
        <script>addEventListener('load', () => {
          const page = document.documentElement, box = e => e.getBoundingClientRect();
          const lost = [...document.querySelectorAll('svg text')].filter(t => { const s = box(t.closest('svg')), b = box(t); return b.left < s.left - 1 || b.right > s.right + 1 || b.bottom > s.bottom + 1; });
          page.dataset.wide = page.scrollWidth > page.clientWidth; page.dataset.cut = lost.map(t => t.textContent).join('|');
          page.dataset.colour = getComputedStyle(document.body).backgroundColor; page.dataset.bars = document.querySelectorAll('svg .lost rect').length;
        });</script>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [Trait("Size", "Full")]
    [InlineData(false, "rgb(246, 247, 249)")]
    [InlineData(true, "rgb(17, 21, 28)")]
    public async Task Page_InABrowser_FitsShowsTheLossesAndFollowsTheSystem(bool dark, string colour)
    {
        string file = _folder["report.html"];
        File.WriteAllText(file, Render().Replace("</main>", "</main>" + Questions, StringComparison.Ordinal));

        string document = await Chromium.DumpAsync(file, dark);

        Assert.Equal(colour, DataOf(document, "colour"));
        Assert.Equal("false", DataOf(document, "wide"));
        Assert.Equal("", DataOf(document, "cut"));
        Assert.Equal("2", DataOf(document, "bars"));
    }

    [Fact]
    public void Page_Always_IsSelfContainedAndEncodesWhatItShows()
    {
        string page = Render("--title", "<script>alert('x')</script> & Co");

        Assert.DoesNotContain("<script", page);
        Assert.Contains("&lt;script&gt;", page);
        Assert.DoesNotMatch("(src|href|url)[=(]", page);
        Assert.Contains("<div class='verdict fail'>FAIL</div>", page);
    }

    [Fact]
    public void Page_Findings_SayWhatWasSeenWhyAndWhatHelps()
    {
        string page = Render();

        Assert.All(
            [
                "<strong>1 request was reset 10 ms after the signal on a reused connection.</strong>",
                "<p><i>Likely cause</i><span>the server closed kept connections without announcing it",
                "<p><i>Remedy</i><span>While leaving, answer each request with &#39;Connection: close&#39;",
                "<strong>1 connection was refused 2500 ms after the signal.</strong>",
            ],
            text => Assert.Contains(text, page));
    }

    [Fact]
    public void Page_Timeline_NamesItsEventsAndItsRows()
    {
        string page = Render();

        Assert.All(
            ["SIGTERM", "listener closed after 2.00 s", "exit code 0, after 3.00 s", "answered by the leaving instance", "its connections in use", ">refused<", ">reset<"],
            text => Assert.Contains(text, page));
    }

    private static string DataOf(string document, string name) => Regex.Match(document, $"data-{name}=\"([^\"]*)\"").Groups[1].Value;

    private static string Render(params string[] options)
    {
        RequestRecord[] requests =
        [
            Rehearsed.Request(OutcomeClass.Ok, sent: 500, ended: 520),
            Rehearsed.Request(OutcomeClass.Reset, sent: 1010, lastUsed: 900),
            Rehearsed.Request(OutcomeClass.Refused, sent: 3500),
            Rehearsed.Request(OutcomeClass.Ok, instance: 2, sent: 3600),
        ];
        RehearseSettings settings = Settings.Read(options);
        RehearsalRecord record = Rehearsed.Record(requests, Rehearsed.Stop());
        ReportDocument report = new ReportBuilder(settings, record, TimeProvider.System).Build().Document;
        return HtmlPage.Render(report, new TimelineBuilder(settings, record, TimeProvider.System).Build());
    }
}
