using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Rehearse.Verdict;
using Quiesce.Cli.Rehearse.Verdict.Statistics;
using Quiesce.Cli.Tests.Command;

namespace Quiesce.Cli.Tests.Verdict;

public sealed class EvidenceTests
{
    // The stop: signalled at 1,000 ms, gone at 4,000 ms.
    private static readonly RequestRecord[] _requests =
    [
        Rehearsed.Request(OutcomeClass.Ok, sent: 100),
        Rehearsed.Request(OutcomeClass.Ok, sent: 900, ended: 1100),
        Rehearsed.Request(OutcomeClass.Reset, sent: 2000),
        Rehearsed.Request(OutcomeClass.Refused, sent: 3000),
        Rehearsed.Request(OutcomeClass.Ok, instance: 2, sent: 3500),
        Rehearsed.Request(OutcomeClass.Ok, instance: 2, sent: 4500),
    ];

    [Theory]
    [InlineData("kube", 4, 2)]
    [InlineData("none", 4, 1)]
    public void From_Requests_CountsThoseAroundTheSignalAndWhatFailsTheVerdict(string balancer, int window, int lost)
    {
        Evidence evidence = Of(_requests, "--balancer", balancer);

        Assert.Equal((window, lost, 1, 1), (evidence.Requests, evidence.LostRequests, evidence.Deployments, evidence.LosingDeployments));
    }

    [Fact]
    public void Text_NothingLost_SaysWhatIsExcludedAndWhatMoreWouldExclude()
    {
        var section = new EvidenceSection(3, 0, ClopperPearson.Upper(0, 3), 3000, 0, ClopperPearson.Upper(0, 3000));

        Assert.Equal(
            "At 95 %: 0 of 3 deployments lost something, which excludes that more than 64 % do (5 without a loss would exclude more than 50 %); "
            + "0 of 3,000 requests around the signals were lost, which excludes more than 0.1 %.",
            EvidenceText.Of(section));
    }

    private static Evidence Of(IReadOnlyList<RequestRecord> requests, params string[] options)
    {
        RehearsalRecord record = Rehearsed.Record(requests, Rehearsed.Stop());
        IReadOnlyList<Loss> losses = new LossAttribution(record.Deployments!.Stops, inPlace: false, TimeProvider.System).Attribute(requests);
        return Evidence.From(Settings.Read(options), record, losses, TimeProvider.System)!;
    }
}
