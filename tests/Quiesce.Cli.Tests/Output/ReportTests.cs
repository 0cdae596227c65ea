using System.Text.Json;
using Quiesce.Cli.Compare;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Verdict;

namespace Quiesce.Cli.Tests.Output;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Write_Always_KeepsTheNamesThatPipelinesReadAndLeavesOneFile()
    {
        string path = _folder["report.json"];

        ReportFile.Write(path, ReportFile.Serialize(Sample("mine")));

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal("fail", root.GetProperty("verdict").GetProperty("outcome").GetString());
        Assert.Equal(3, root.GetProperty("requests").GetProperty("total").GetInt32());
        Assert.Equal(1, root.GetProperty("requests").GetProperty("unsafeOnAnnouncedConnections").GetInt32());
        Assert.Equal(3, root.GetProperty("deployments")[0].GetProperty("secondsToExit").GetDouble());
        Assert.Equal("kube", root.GetProperty("settings").GetProperty("balancer").GetString());
        JsonElement loss = root.GetProperty("losses")[0];
        Assert.Equal(("reset", "leaving", "reused"), (Text(loss, "outcome"), Text(loss, "sentPhase"), Text(loss, "connection")));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        string path = _folder["report.json"];
        ReportFile.Write(path, ReportFile.Serialize(Sample("mine")));

        ReportDocument read = ReportFile.Read(path);

        ReportFile.Write(path + "2", ReportFile.Serialize(read));
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(path + "2"));
    }

    [Fact]
    public void Show_Losses_GroupsThemAndFitsThePage()
    {
        new ReportTables(Console().Tables()).Show(Sample("Checkout, stock"));

        string text = _output.ToString();
        Assert.Contains("Verdict: FAIL", text);
        Assert.Contains("reused, announced", text);
        Assert.Contains("Baselines: no stop: 0 of 1 failed; SIGKILL under load: 1 of 1 failed.", text);
        RequireWidth(text);
    }

    [Fact]
    public void Compare_SeveralReports_HasOneLineEachAndFitsThePage()
    {
        CompareTable.Of([Sample("Checkout with a rather long title"), Sample("delay"), Sample("stock")]).Show(Console().Tables());

        string text = _output.ToString();
        Assert.Equal(3, text.Split("FAIL").Length - 1);
        Assert.Contains("3.00", text);
        RequireWidth(text);
    }

    [Fact]
    public void Compare_ThereIsRoom_SaysHowMuchLongerThanItMustADeploymentTook()
    {
        StopSection stop = Sample("mine").Deployments[0] with { SecondsToExit = 3, SecondsToDetection = 2, LongestRequestSeconds = 0.25 };
        StopSection[] stops = [stop with { LongestRequestSeconds = 0.75 }, stop, stop with { SecondsToExit = 30, SecondsToDetection = null }];
        CompareTable.Of([Sample("mine") with { Deployments = stops }]).Show((Console() with { TableWidth = 160 }).Tables());

        Assert.Contains(" 0.75 ", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    public void Compare_NarrowTerminal_CutsNothingAndFits(int width)
    {
        CompareTable.Of([Sample("Checkout, stock"), Sample("delay")]).Show((Console() with { TableWidth = width }).Tables());

        string text = _output.ToString();
        Assert.All(["Checkout, stock", "Failures 2", "Seconds per deployment 3.00", "Verdict FAIL"], value => Assert.Contains(value, text));
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void Show_NarrowTerminal_Fits()
    {
        new ReportTables((Console() with { TableWidth = 60 }).Tables()).Show(Sample("Checkout, stock"));

        Assert.All(_output.ToString().Split('\n'), static line => Assert.InRange(line.Length, 0, 60));
    }

    [Fact]
    public void Notes_AnswersThatPromiseNothing_AreMentioned()
    {
        RequestRecord missing = Rehearsed.Request(OutcomeClass.Ok) with { Status = 404 };

        string note = Assert.Single(ReportNotes.For(Rehearsed.Record([missing], Rehearsed.Stop())));

        Assert.StartsWith("1 answers to GET / were 404", note);
    }

    [Fact]
    public void Notes_RequestsWereSentAgain_AreMentionedAndCounted()
    {
        RequestRecord[] requests = [Rehearsed.Request(OutcomeClass.Ok) with { SentAgain = 2 }, Rehearsed.Request(OutcomeClass.Ok)];
        RehearsalRecord record = Rehearsed.Record(requests, Rehearsed.Stop());

        ReportDocument report = new ReportBuilder(Settings.Read(), record, TimeProvider.System).Build().Document;

        Assert.Equal((2, 0, 1), (report.Requests.Ok, report.Requests.Failures, report.Requests.SentAgain));
        Assert.StartsWith("1 requests of HTTP/2 were sent again", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_BesideServiceLeftProcessesBehind_NameItAndThem()
    {
        Stop stop = Rehearsed.Stop() with { Beside = [Rehearsed.BesideStop(leftBehind: new FamilyMember(7, "child"))] };

        Assert.StartsWith(
            "The beside service './worker' (instance 1) ended before what it had started: 'child' (process 7) had to be ended",
            Assert.Single(ReportNotes.For(Rehearsed.Record([], stop))));
    }

    [Fact]
    public void Show_BesideServices_HaveRowsOfTheirOwnAndTheFileKeepsThem()
    {
        RehearsalRecord record = Rehearsed.Record([], Rehearsed.Stop() with { Beside = [Rehearsed.BesideStop(code: 3)] }) with { SettledAfter = TimeSpan.FromSeconds(1.5) };
        ReportDocument report = new ReportBuilder(Settings.Read("--beside", "./worker"), record, TimeProvider.System).Build().Document;

        new ReportTables(Console().Tables()).Show(report);
        using JsonDocument json = JsonDocument.Parse(ReportFile.Serialize(report));

        Assert.Matches("1, beside +1 +3 +2.50 +- +- +- +- +-", _output.ToString());
        Assert.Contains("Settled: 1.50 s after the last instance had left", _output.ToString());
        JsonElement beside = json.RootElement.GetProperty("deployments")[0].GetProperty("beside")[0];
        Assert.Equal((1, 1, 2.5, 3), (beside.GetProperty("service").GetInt32(), beside.GetProperty("instance").GetInt32(), beside.GetProperty("secondsToExit").GetDouble(), beside.GetProperty("exitCode").GetInt32()));
        Assert.Equal(1.5, json.RootElement.GetProperty("settledSeconds").GetDouble());
        Assert.Equal("./worker", json.RootElement.GetProperty("settings").GetProperty("beside")[0].GetString());
    }

    [Fact]
    public void Show_SeveralInstancesLeaveAtTheEnd_EachIsThereAndItsExitCounts()
    {
        RehearsalRecord record = Rehearsed.Record([], Rehearsed.Stop()) with { OtherFinalStops = [Rehearsed.Stop(7, killed: true) with { Deployment = 0 }] };
        ReportDocument report = new ReportBuilder(Settings.Read(), record, TimeProvider.System).Build().Document;

        new ReportTables(Console().Tables()).Show(report);
        using JsonDocument json = JsonDocument.Parse(ReportFile.Serialize(report));

        Assert.Matches("last, idle +7 +killed", _output.ToString());
        Assert.Equal("0 ×2, killed ×1", ReportFormat.Exits(report));
        Assert.True(json.RootElement.GetProperty("otherFinalStops")[0].GetProperty("killed").GetBoolean());
        Assert.Contains("instance 7, one of the last, idle", JUnitReport.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OneProcessAloneSaysComeAgain_IsNoFailure()
    {
        RehearsalRecord record = Rehearsed.Record([Rehearsed.Request(OutcomeClass.Unavailable), Rehearsed.Request(OutcomeClass.Refused)], Rehearsed.Stop());
        ReportDocument report = new ReportBuilder(Settings.Read("--balancer", "none", "--title", "mine"), record, TimeProvider.System).Build().Document;

        CompareTable.Of([report]).Show(Console().Tables());

        Assert.Matches("mine +none +2 +1 +0 +0 +0", _output.ToString());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static void RequireWidth(string text) => Assert.All(text.Split('\n'), static line => Assert.InRange(line.Length, 0, 110));

    private static ReportDocument Sample(string title)
    {
        RequestRecord[] requests =
        [
            Rehearsed.Request(OutcomeClass.Ok),
            Rehearsed.Request(OutcomeClass.Reset, sent: 1500, ended: 1600, lastUsed: 1200) with { Detail = "reset" },
            Rehearsed.Request(OutcomeClass.Refused, sent: 3500),
        ];
        RehearsalRecord record = Rehearsed.Record(requests, Rehearsed.Stop());
        return new ReportBuilder(Settings.Read("--title", title), record, TimeProvider.System).Build().Document;
    }

    private CliConsole Console() => new(_output, TextWriter.Null, IsLive: false, IsColoured: false);
}
