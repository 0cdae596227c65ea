using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Verdict.Findings;
using Quiesce.Cli.Tests.Command;

namespace Quiesce.Cli.Tests.Verdict;

/// <summary>A beside service that does not leave well is explained as an instance of the program is.</summary>
public sealed class BesideFindingsTests
{
    private static readonly ExitStatus _diedOfTheSignal = new(null, Signals.Term);

    [Fact]
    public void Find_BesideServiceLeftWell_SaysNothing()
    {
        Assert.Empty(Find(Rehearsed.BesideStop()));
        Assert.Empty(Find(Rehearsed.BesideStop() with { Status = _diedOfTheSignal }));
    }

    [Fact]
    public void Find_BesideServiceWasKilledAtTheGrace_IsExplained()
    {
        Finding finding = Assert.Single(Find(Rehearsed.BesideStop(killed: true)));

        Assert.Equal(("besideKilled", 1), (finding.Kind, finding.Count));
        Assert.Equal("1 instance of the beside service './worker' was still there after the grace of 30 s and had to be killed.", finding.What);
        Assert.StartsWith("it does not react to SIGTERM, or what it has in hand takes longer than the grace.", finding.Cause);
        Assert.Contains("a limit below the grace", finding.Remedy);
    }

    [Theory]
    [InlineData(3, null, "1 instance of the beside service './worker' left with exit code 3, which is not accepted.", "something went wrong")]
    [InlineData(null, 6, "1 instance of the beside service './worker' left with SIGABRT, which is not accepted.", "it crashed")]
    public void Find_BesideServiceLeftBadly_IsExplained(int? code, int? signal, string what, string cause)
    {
        Finding finding = Assert.Single(Find(Rehearsed.BesideStop() with { Status = new ExitStatus(code, signal) }));

        Assert.Equal(("besideExit", what), (finding.Kind, finding.What));
        Assert.Contains(cause, finding.Cause);
    }

    [Fact]
    public void Find_ShellInFrontOfBesideServiceDied_DidNotPassTheSignalOn()
    {
        Finding finding = Assert.Single(Find(Rehearsed.BesideStop(0, false, new FamilyMember(7, "node worker.js")) with { Status = _diedOfTheSignal }));

        Assert.Equal("besideNotPassedOn", finding.Kind);
        Assert.Contains("'node worker.js' (process 7) was still running and had to be killed", finding.What);
        Assert.Contains("exec", finding.Remedy);
    }

    [Fact]
    public void Find_BesideServiceWasKilledOnPurpose_SaysNothing() =>
        Assert.Empty(Find(Rehearsed.BesideStop() with { Status = new ExitStatus(null, Signals.Kill), IsByKill = true }));

    [Fact]
    public void Find_SeveralBesideServices_EachHasItsOwnFindings()
    {
        BesideStop other = Rehearsed.BesideStop(code: 9) with { Identity = new BesideIdentity(2, 1, "./mailer") };

        IReadOnlyList<Finding> findings = Find(other, Rehearsed.BesideStop(killed: true), Rehearsed.BesideStop(killed: true), Rehearsed.BesideStop(code: 3));

        Assert.Equal(["besideKilled", "besideExit", "besideExit"], findings.Select(static finding => finding.Kind));
        Assert.StartsWith("2 instances of the beside service './worker' were still there", findings[0].What);
        Assert.Contains("'./mailer'", findings[2].What);
    }

    [Fact]
    public void Find_LastBesideServiceOrAnotherLastInstanceWasKilled_IsExplained()
    {
        RehearsalRecord record = Rehearsed.Record([], Rehearsed.Stop());
        record = record with
        {
            FinalStop = record.FinalStop! with { Beside = [Rehearsed.BesideStop(killed: true)] }, OtherFinalStops = [Rehearsed.Stop(3, killed: true) with { Deployment = 0 }],
        };

        Assert.Equal(["neverFinished", "besideKilled"], FindingsFinder.Find(Settings.Read(), record, []).Select(static finding => finding.Kind));
    }

    private static IReadOnlyList<Finding> Find(params BesideStop[] beside) =>
        FindingsFinder.Find(Settings.Read(), Rehearsed.Record([], Rehearsed.Stop() with { Beside = beside }), []);
}
