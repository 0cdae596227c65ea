using System.Xml.Linq;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Verdict;

namespace Quiesce.Cli.Tests.Output;

/// <summary>JUnit XML and Markdown.</summary>
public sealed class CiOutputTests
{
    [Fact]
    public void JUnit_RequestsWereLost_TheDeploymentAndTheVerdictFail()
    {
        XElement suite = XDocument.Parse(JUnitReport.Render(Report([Rehearsed.Request(OutcomeClass.Refused, sent: 3500)]))).Root!.Element("testsuite")!;

        Assert.Equal(["deployment 1", "verdict"], suite.Elements("testcase").Where(static one => one.Element("failure") is not null).Select(Name));
        Assert.Equal(("3", "2", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
        Assert.Contains("Likely cause:", suite.Elements("testcase").Last().Element("failure")!.Value);
    }

    [Fact]
    public void JUnit_NothingWasLost_NothingFails() =>
        Assert.Empty(XDocument.Parse(JUnitReport.Render(Report([Rehearsed.Request(OutcomeClass.Ok)]))).Descendants("failure"));

    [Fact]
    public void JUnit_NoVerdict_IsAnErrorAndNoPass() => Assert.Equal(
        "verdict", Name(Assert.Single(XDocument.Parse(JUnitReport.Render(Report([], "--no-baselines"))).Descendants("error")).Parent!));

    [Fact]
    public void JUnit_TitleHoldsWhatXmlCannot_IsStillXml() =>
        Assert.Contains("a<b", XDocument.Parse(JUnitReport.Render(Report([], "--title", "a<b\u0001"))).Root!.Element("testsuite")!.Attribute("name")!.Value);

    [Fact]
    public void Markdown_RequestsWereLost_SaysWhatAndWhyAndEscapes()
    {
        string text = MarkdownReport.Render(Report([Rehearsed.Request(OutcomeClass.Refused, sent: 3500)], "--title", "my_<app>|x"));

        Assert.StartsWith("## ❌ Rehearsal of my\\_\\<app\\>\\|x: FAIL", text);
        Assert.Contains("- **1 connection was refused 2500 ms after the signal.**", text);
        Assert.Contains("| 1 | 0 | 3.00 | 1 | 1 | 0 |", text);
    }

    [Fact]
    public void JUnit_BesideServiceFailed_HasACaseOfItsOwn()
    {
        XElement suite = XDocument.Parse(JUnitReport.Render(Report([], Rehearsed.Stop() with { Beside = [Rehearsed.BesideStop(code: 3)] }))).Root!.Element("testsuite")!;

        Assert.Equal(
            ["deployment 1: beside", "verdict"], suite.Elements("testcase").Where(static one => one.Element("failure") is not null).Select(Name));
        Assert.Equal("4", suite.Attribute("tests")!.Value);
    }

    [Fact]
    public void Markdown_BesideServices_HaveRowsOfTheirOwn()
    {
        Stop stop = Rehearsed.Stop() with { Beside = [Rehearsed.BesideStop(code: 3)] };

        Assert.Contains("| 1, beside | 3 | 2.50 | - | - | - |", MarkdownReport.Render(Report([], stop)));
        Assert.Contains("| 1, beside 1 | 3 | 2.50 | - | - | - |", MarkdownReport.Render(Report([], stop, "--beside", "./worker", "--beside", "./mailer")));
    }

    private static string Name(XElement element) => element.Attribute("name")!.Value;

    private static ReportDocument Report(IReadOnlyList<RequestRecord> requests, params string[] options) => Report(requests, Rehearsed.Stop(), options);

    private static ReportDocument Report(IReadOnlyList<RequestRecord> requests, Stop stop, params string[] options)
    {
        RehearseSettings settings = Settings.Read(options);
        RehearsalRecord record = Rehearsed.Record(requests, stop);
        return new ReportBuilder(settings, record, TimeProvider.System).Build().Document;
    }
}
