using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Verdict;

namespace Quiesce.Cli.Tests.Verdict;

public sealed class LossAttributionTests
{
    [Theory]
    [InlineData(500, nameof(LeavingPhase.BeforeSignal), -500)]
    [InlineData(1000, nameof(LeavingPhase.Leaving), 0)]
    [InlineData(2999, nameof(LeavingPhase.Leaving), 1999)]
    [InlineData(3000, nameof(LeavingPhase.AfterClose), 2000)]
    [InlineData(4000, nameof(LeavingPhase.AfterExit), 3000)]
    public void Attribute_RequestToALeavingInstance_TellsThePhaseItWasSentIn(int sent, string phase, int sinceSignal)
    {
        Loss loss = Attribute(Rehearsed.Request(OutcomeClass.Reset, sent: sent, ended: 5000));

        Assert.Equal((phase, LeavingPhase.AfterExit), (loss.SentPhase.ToString(), loss.EndedPhase));
        Assert.Equal(sinceSignal, loss.SinceSignal!.Value.TotalMilliseconds, 1.0);
        Assert.Equal((1, 1), (loss.Deployment, loss.Instance));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(900, false)]
    [InlineData(1100, true)]
    public void UsedDuringAnnounce_ConnectionsLastAnswer_DecidesIt(int? lastUsed, bool used)
    {
        Loss loss = Attribute(Rehearsed.Request(OutcomeClass.Reset, sent: 2000, lastUsed: lastUsed));

        Assert.Equal(used, loss.UsedDuringAnnounce);
        Assert.Equal(lastUsed is not null, loss.IsReused);
    }

    [Fact]
    public void Attribute_InstanceThatNeverLeft_IsNoStop()
    {
        Loss loss = Attribute(Rehearsed.Request(OutcomeClass.Timeout, instance: 9, sent: 9000));

        Assert.Equal((0, LeavingPhase.NoStop, null), (loss.Deployment, loss.SentPhase, loss.SinceSignal));
    }

    [Fact]
    public void Attribute_NoInstanceToOffer_BelongsToTheLastThatLeft()
    {
        var attribution = new LossAttribution([Rehearsed.Stop(1), Rehearsed.Stop(2)], inPlace: false, TimeProvider.System);

        IReadOnlyList<Loss> losses = attribution.Attribute(
            [Rehearsed.Request(OutcomeClass.Refused, null, sent: 4500), Rehearsed.Request(OutcomeClass.Refused, null, sent: 6500)]);

        Assert.Equal([1, 2], losses.Select(static loss => loss.Deployment));
    }

    [Theory]
    [InlineData(nameof(OutcomeClass.Reset), 4500, null, 2)] // Reached somebody after instance 1 was gone: its successor.
    [InlineData(nameof(OutcomeClass.Reset), 6500, 4600, 2)] // So did this connection's earlier request.
    [InlineData(nameof(OutcomeClass.Reset), 4500, 3500, 1)] // A connection of the old one, used too late.
    [InlineData(nameof(OutcomeClass.Refused), 4500, null, 1)] // Nobody was there: the old one's gap.
    public void InstanceOf_InPlace_GoesByWhoCanHaveAnswered(string outcome, int sent, int? lastUsed, int instance)
    {
        var attribution = new LossAttribution([Rehearsed.Stop(1), Rehearsed.Stop(2)], inPlace: true, TimeProvider.System);

        Assert.Equal(instance, attribution.InstanceOf(Rehearsed.Request(Enum.Parse<OutcomeClass>(outcome), instance: 1, sent: sent, lastUsed: lastUsed)));
    }

    [Theory]
    [InlineData(4500, 1)] // The first process was gone, and one that it had left behind still answered.
    [InlineData(4700, 2)]
    public void InstanceOf_InPlaceAndSomethingLeftBehind_GoesByTheLastProcess(int sent, int instance)
    {
        Stop stop = Rehearsed.Stop(1) with { GoneAt = Rehearsed.At(4600) };
        var attribution = new LossAttribution([stop, Rehearsed.Stop(2)], inPlace: true, TimeProvider.System);

        Assert.Equal(instance, attribution.InstanceOf(Rehearsed.Request(OutcomeClass.Reset, instance: 1, sent: sent)));
    }

    private static Loss Attribute(RequestRecord request)
    {
        Stop[] stops = [Rehearsed.Stop()];
        return Assert.Single(new LossAttribution(stops, inPlace: false, TimeProvider.System).Attribute([request, Rehearsed.Request(OutcomeClass.Ok)]));
    }
}
