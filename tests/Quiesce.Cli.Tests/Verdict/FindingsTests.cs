using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Verdict;
using Quiesce.Cli.Rehearse.Verdict.Findings;
using Quiesce.Cli.Tests.Command;

namespace Quiesce.Cli.Tests.Verdict;

/// <summary>Each way to lose something gets its own explanation. The stop: signalled at 1,000 ms, closed at 3,000, gone at 4,000.</summary>
public sealed class FindingsTests
{
    [Theory]
    [InlineData("closedTooEarly", nameof(OutcomeClass.Refused), 3100, 3100, null, "1 connection was refused 2100 ms after the signal.")]
    [InlineData("notDrained", nameof(OutcomeClass.Reset), 990, 1020, null, "1 request was reset, sent 10 ms before the signal on a new connection.")]
    [InlineData("notDrained", nameof(OutcomeClass.Truncated), 990, 4000, null, "1 answer was cut off, sent 10 ms before the signal on a new connection.")]
    [InlineData("idleClosed", nameof(OutcomeClass.Reset), 1040, 1040, 500, "1 request was reset 40 ms after the signal on a reused connection.")]
    [InlineData("queueDropped", nameof(OutcomeClass.Reset), 2999, 3000, null, "1 request was reset 1999 ms after the signal on a new connection.")]
    [InlineData("cutWhileLeaving", nameof(OutcomeClass.Truncated), 1500, 4000, null, "1 answer was cut off 500 ms after the signal on a new connection.")]
    [InlineData("refusedWork", nameof(OutcomeClass.Unavailable), 1500, 1501, null, "1 request was turned away (503 with Retry-After) 500 ms after the signal on a new connection.")]
    [InlineData("brokeWhileLeaving", nameof(OutcomeClass.ServerError), 1500, 1501, null, "1 request failed with a server error 500 ms after the signal on a new connection.")]
    [InlineData("unanswered", nameof(OutcomeClass.Timeout), 1500, 9000, null, "1 request got no answer in time 500 ms after the signal on a new connection.")]
    public void Find_OneLoss_IsExplained(string kind, string outcome, int sent, int ended, int? lastUsed, string what)
    {
        Finding finding = Assert.Single(Find([], Rehearsed.Stop(), Rehearsed.Request(Enum.Parse<OutcomeClass>(outcome), 1, sent, ended, lastUsed)));

        Assert.Equal((kind, 1, what), (finding.Kind, finding.Count, finding.What));
        Assert.NotEmpty(finding.Cause);
        Assert.NotEmpty(finding.Remedy);
    }

    [Fact]
    public void Find_IdleConnectionClosedWithoutAStop_IsTheKeepAliveTimeout() => Assert.Equal(
        "idleTimeout", Assert.Single(Find([], Rehearsed.Stop(), Rehearsed.Request(OutcomeClass.Reset, instance: 9, sent: 900, lastUsed: 100))).Kind);

    [Fact]
    public void Find_ProgramDiesOfTheSignalAtOnce_HasNoHandler()
    {
        Stop stop = Rehearsed.Stop() with { Status = new ExitStatus(null, Signals.Term), TimeToExit = TimeSpan.FromMilliseconds(5) };

        Assert.Equal("noHandler", Assert.Single(Find([], stop, Rehearsed.Request(OutcomeClass.Refused, sent: 1100))).Kind);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("kube")]
    public void Find_FirstProcessDiesAndLeavesTheProgramBehind_DidNotPassTheSignalOn(string balancer)
    {
        Stop stop = Rehearsed.Stop() with
        {
            Status = new ExitStatus(null, Signals.Term), TimeToExit = TimeSpan.FromMilliseconds(5), LeftBehind = [new FamilyMember(7, "node server.js")],
        };

        Assert.Equal("notPassedOn", Assert.Single(Find(["--balancer", balancer], stop, Rehearsed.Request(OutcomeClass.Reset, sent: 1001))).Kind);
    }

    [Fact]
    public void Find_NoBalancer_RefusalsAreTheGapOfTheRestart() => Assert.Equal(
        "restartGap", Assert.Single(Find(["--balancer", "none"], Rehearsed.Stop(), Rehearsed.Request(OutcomeClass.Refused, sent: 4100))).Kind);

    [Theory]
    [InlineData("haproxy", 502, "gateway")]
    [InlineData("haproxy", 503, "gateway")]
    [InlineData("nginx", 504, "gateway")]
    [InlineData("nginx", 500, "brokeWhileLeaving")] // The program's own: a gateway answers with none of these.
    [InlineData("kube", 502, "brokeWhileLeaving")] // Nobody stands in between.
    public void Find_ProxyAnsweredInPlaceOfTheProgram_IsTheGateway(string balancer, int status, string kind)
    {
        RequestRecord answered = Rehearsed.Request(OutcomeClass.ServerError, sent: 1500) with { Status = status };

        Finding finding = Assert.Single(Find(["--balancer", balancer], Rehearsed.Stop(), answered));

        Assert.Equal(kind, finding.Kind);
        Assert.Equal(kind == "gateway", finding.Remedy.Contains("Fail the readiness check at the signal", StringComparison.Ordinal));
    }

    [Fact]
    public void Find_InstanceKilledWithRequestsInFlight_NamesBoth()
    {
        IReadOnlyList<Finding> findings = Find([], Rehearsed.Stop(killed: true), Rehearsed.Request(OutcomeClass.Reset, sent: 2000, ended: 4000));

        Assert.Equal(["killedInFlight", "neverFinished"], findings.Select(static finding => finding.Kind));
    }

    [Fact]
    public void Find_InstanceKilledWhileItListened_DidNotHearTheSignal() => Assert.Equal(
        "signalIgnored",
        Assert.Single(Find(["--grace", "3"], Rehearsed.Stop(killed: true) with { TimeToClose = TimeSpan.FromSeconds(3) })).Kind);

    [Fact]
    public void Find_SeveralCauses_EachLossIsInOneFindingAndTheMostFrequentIsFirst()
    {
        RequestRecord reset = Rehearsed.Request(OutcomeClass.Reset, sent: 1010, lastUsed: 900);
        IReadOnlyList<Finding> findings = Find(
            [], Rehearsed.Stop(), Rehearsed.Request(OutcomeClass.Refused, sent: 3500), reset, reset with { SentAt = Rehearsed.At(1030) },
            Rehearsed.Request(OutcomeClass.Timeout, instance: 9, sent: 100));

        Assert.Equal(["idleClosed", "withoutStop", "closedTooEarly"], findings.Select(static finding => finding.Kind));
        Assert.Equal(4, findings.Sum(static finding => finding.Count));
        Assert.Equal("2 requests were reset 10 to 30 ms after the signal on reused connections.", findings[0].What);
    }

    [Theory]
    [InlineData(80, null, "1 instance left with exit code 80, which is not accepted.", "it says itself that something went wrong")]
    [InlineData(null, 11, "1 instance left with SIGSEGV, which is not accepted.", "it crashed while it left.")]
    [InlineData(null, Signals.Kill, "1 instance left with SIGKILL, which is not accepted.", "somebody else killed it")]
    [InlineData(null, Signals.Term, "1 instance left with SIGTERM, which is not accepted.", "it has no handler")]
    public void Find_EndIsNotAccepted_IsExplained(int? code, int? signal, string what, string cause)
    {
        Finding finding = Assert.Single(Find(["--accept-exit", "0"], Rehearsed.Stop() with { Status = new ExitStatus(code, signal) }));

        Assert.Equal(("badExit", what), (finding.Kind, finding.What));
        Assert.Contains(cause, finding.Cause);
        Assert.Contains("--accept-exit", finding.Remedy);
    }

    private static IReadOnlyList<Finding> Find(string[] options, Stop stop, params RequestRecord[] requests)
    {
        RehearseSettings settings = Settings.Read(options);
        RehearsalRecord record = Rehearsed.Record(requests, stop);
        bool inPlace = settings.Balancer == BalancerKind.None;
        return FindingsFinder.Find(settings, record, new LossAttribution([stop], inPlace, TimeProvider.System).Attribute(requests));
    }
}
