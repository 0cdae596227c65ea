using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Verdict;
using Quiesce.Cli.Tests.Command;

namespace Quiesce.Cli.Tests.Verdict;

public sealed class JudgeTests
{
    private static readonly RehearseSettings _kube = Settings.Read();
    private static readonly RehearseSettings _none = Settings.Read("--balancer", "none");

    [Theory]
    [InlineData(nameof(OutcomeClass.Ok), nameof(VerdictOutcome.Pass), nameof(VerdictOutcome.Pass))]
    [InlineData(nameof(OutcomeClass.Refused), nameof(VerdictOutcome.Pass), nameof(VerdictOutcome.Fail))]
    [InlineData(nameof(OutcomeClass.Unavailable), nameof(VerdictOutcome.Pass), nameof(VerdictOutcome.Fail))]
    [InlineData(nameof(OutcomeClass.Reset), nameof(VerdictOutcome.Fail), nameof(VerdictOutcome.Fail))]
    [InlineData(nameof(OutcomeClass.Truncated), nameof(VerdictOutcome.Fail), nameof(VerdictOutcome.Fail))]
    [InlineData(nameof(OutcomeClass.ServerError), nameof(VerdictOutcome.Fail), nameof(VerdictOutcome.Fail))]
    [InlineData(nameof(OutcomeClass.Timeout), nameof(VerdictOutcome.Fail), nameof(VerdictOutcome.Fail))]
    public void Decide_OneRequest_DependsOnTheBalancer(string outcome, string none, string kube)
    {
        RehearsalRecord record = Rehearsed.Record([Rehearsed.Request(Enum.Parse<OutcomeClass>(outcome))], Rehearsed.Stop());

        Assert.Equal(none, Decide(_none, record).Outcome.ToString());
        Assert.Equal(kube, Decide(_kube, record).Outcome.ToString());
    }

    [Fact]
    public void Decide_UnsafeLosses_AreSplitByTheAnnounce()
    {
        RehearsalRecord record = Rehearsed.Record(
            [
                Rehearsed.Request(OutcomeClass.Reset, sent: 3100, lastUsed: 1500),
                Rehearsed.Request(OutcomeClass.Reset, sent: 3100, lastUsed: 500),
                Rehearsed.Request(OutcomeClass.Truncated, sent: 900, ended: 4000),
            ],
            Rehearsed.Stop());

        string reason = Assert.Single(Decide(_none, record).Reasons);

        Assert.Equal("3 requests ended unsafely (2 reset, 1 truncated), 1 of them on connections used during the announce.", reason);
    }

    [Fact]
    public void Decide_Killed_Fails() =>
        Assert.Contains("killed", Assert.Single(Decide(_kube, Rehearsed.Record([], Rehearsed.Stop(killed: true))).Reasons));

    [Fact]
    public void Decide_ExitCodeNotAccepted_FailsUntilAccepted()
    {
        RehearsalRecord record = Rehearsed.Record([], Rehearsed.Stop(code: 80));

        Assert.Equal(VerdictOutcome.Fail, Decide(_kube, record).Outcome);
        Assert.Equal(VerdictOutcome.Pass, Decide(Settings.Read("--accept-exit", "0,80"), record).Outcome);
    }

    [Fact]
    public void Decide_BesideServiceDoesNotLeaveWell_FailsAndIsNamed()
    {
        Stop bad = Rehearsed.Stop() with { Beside = [Rehearsed.BesideStop(code: 3), Rehearsed.BesideStop(killed: true)] };

        Assert.Equal(
            [
                "Deployment 1: the beside service './worker' (instance 1) left with exit code 3 (shell: 3); accepted: 0, 143 (--accept-exit).",
                "Deployment 1: the beside service './worker' (instance 1) was still there after the grace of 30 s and was killed.",
            ],
            Decide(_kube, Rehearsed.Record([], bad)).Reasons);
        Assert.Equal(VerdictOutcome.Pass, Decide(_kube, Rehearsed.Record([], Rehearsed.Stop() with { Beside = [Rehearsed.BesideStop()] })).Outcome);
    }

    [Fact]
    public void Decide_LastBesideServiceDoesNotLeaveWell_Fails()
    {
        RehearsalRecord record = Rehearsed.Record([], Rehearsed.Stop());
        record = record with { FinalStop = record.FinalStop! with { Beside = [Rehearsed.BesideStop(code: 3)] } };

        Assert.StartsWith("The last stop: the beside service ", Assert.Single(Decide(_kube, record).Reasons));
    }

    [Fact]
    public void Decide_BesideServiceWasKilledOnPurpose_FailsNothing()
    {
        BesideStop killed = Rehearsed.BesideStop() with { Status = new ExitStatus(null, Signals.Kill), IsByKill = true };

        Assert.Equal(VerdictOutcome.Pass, Decide(_kube, Rehearsed.Record([], Rehearsed.Stop() with { Beside = [killed] })).Outcome);
    }

    [Theory]
    [InlineData(143, null)]
    [InlineData(null, Signals.Term)]
    public void Decide_LeftByTheSignal_IsAcceptedUnlessCodesWereNamed(int? code, int? signal)
    {
        Stop stop = Rehearsed.Stop() with { Status = new ExitStatus(code, signal) };

        Assert.Equal(VerdictOutcome.Pass, Decide(_kube, Rehearsed.Record([], stop)).Outcome);
        Assert.Equal(VerdictOutcome.Fail, Decide(Settings.Read("--signal", "INT"), Rehearsed.Record([], stop)).Outcome);
        Assert.Equal(VerdictOutcome.Fail, Decide(Settings.Read("--accept-exit", "0"), Rehearsed.Record([], stop)).Outcome);
    }

    [Theory]
    [InlineData(1, 0, 0, nameof(VerdictOutcome.Fail))]
    [InlineData(0, 1, 0, nameof(VerdictOutcome.Pass))]
    [InlineData(0, 0, 1, nameof(VerdictOutcome.Fail))]
    public void Decide_LedgerDiffers_OnlyLostAndDoubledEffectsFail(int missing, int unacknowledged, int twice, string outcome)
    {
        static LedgerEntry[] Entries(int count) => [.. Enumerable.Repeat(new LedgerEntry("7", "POST /", OutcomeClass.Ok, 200, 1), count)];
        var ledger = new LedgerResult("orders", 1, 0, 1, Entries(missing), Entries(unacknowledged), Entries(twice));

        Assert.Equal(outcome, Decide(_kube, Rehearsed.Record([], Rehearsed.Stop(), ledger)).Outcome.ToString());
    }

    [Theory]
    [InlineData("kube", 100, null, nameof(VerdictOutcome.Pass))]
    [InlineData("kube", 101, null, nameof(VerdictOutcome.NotGiven))]
    [InlineData("kube", 101, nameof(OutcomeClass.Timeout), nameof(VerdictOutcome.NotGiven))]
    [InlineData("kube", 101, nameof(OutcomeClass.Refused), nameof(VerdictOutcome.Fail))]
    [InlineData("kube", 101, nameof(OutcomeClass.Reset), nameof(VerdictOutcome.Fail))]
    [InlineData("none", 101, nameof(OutcomeClass.Refused), nameof(VerdictOutcome.NotGiven))]
    [InlineData("none", 101, nameof(OutcomeClass.Reset), nameof(VerdictOutcome.Fail))]
    public void Decide_MachineHeldTheLoadUp_GivesNoVerdictUnlessSomethingWasSurelyLost(string balancer, int late, string? lost, string outcome)
    {
        RequestRecord[] requests = lost is null ? [] : [Rehearsed.Request(Enum.Parse<OutcomeClass>(lost))];
        RehearsalRecord record = Rehearsed.Record(requests, Rehearsed.Stop());
        record = record with { Deployments = record.Deployments! with { Lateness = new LoadLateness(1000, late, TimeSpan.FromSeconds(1)) } };

        Assert.Equal(outcome, Decide(balancer == "none" ? _none : _kube, record).Outcome.ToString());
    }

    [Fact]
    public void Decide_BaselinesSkipped_GivesNoVerdictButNamesTheFailures()
    {
        RehearsalRecord record = Rehearsed.Record([Rehearsed.Request(OutcomeClass.Reset)], Rehearsed.Stop());

        RehearsalVerdict verdict = Decide(Settings.Read("--no-baselines"), record);

        Assert.Equal((VerdictOutcome.NotGiven, ExitCodes.NoVerdict), (verdict.Outcome, verdict.ExitCode));
        Assert.Equal(2, verdict.Reasons.Count);
    }

    [Fact]
    public void Baselines_AsTheyShouldBe_ForbidNothing()
    {
        Assert.Null(BaselineRules.ExplainNoStop(Rehearsed.Segment([Rehearsed.Request(OutcomeClass.Ok)])));
        Assert.Null(BaselineRules.ExplainKill(Rehearsed.Segment([Rehearsed.Request(OutcomeClass.Refused)])));
    }

    [Fact]
    public void Baselines_FaultyProgramOrBlindRig_ForbidAVerdict()
    {
        Assert.Contains(
            "1 of 1 requests failed without any stop (1 timeout of GET /)",
            BaselineRules.ExplainNoStop(Rehearsed.Segment([Rehearsed.Request(OutcomeClass.Timeout)])));
        Assert.Contains("No request was sent", BaselineRules.ExplainNoStop(Rehearsed.Segment([])));
        Assert.Contains("lost none of 1 requests", BaselineRules.ExplainKill(Rehearsed.Segment([Rehearsed.Request(OutcomeClass.Ok)])));
    }

    private static RehearsalVerdict Decide(RehearseSettings settings, RehearsalRecord record)
    {
        var attribution = new LossAttribution(record.Deployments!.Stops, inPlace: false, TimeProvider.System);
        return Judge.Decide(settings, record, attribution.Attribute(record.Deployments.Requests));
    }
}
