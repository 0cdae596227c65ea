using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output.Html;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Verdict;

namespace Quiesce.Cli.Tests.Output;

/// <summary>What the page draws. The stop: signalled at 1,000 ms, closed at 3,000, gone at 4,000; so the page runs from -1 s to +3.5 s.</summary>
public sealed class TimelineBuilderTests
{
    [Fact]
    public void Build_RequestsAroundTheSignal_StandInTheirRowAtTheirTime()
    {
        Timeline timeline = Build(
            Rehearsed.Request(OutcomeClass.Ok, sent: 500, ended: 520),
            Rehearsed.Request(OutcomeClass.Ok, instance: 2, sent: 3600, ended: 3610),
            Rehearsed.Request(OutcomeClass.Reset, sent: 1010, lastUsed: 900),
            Rehearsed.Request(OutcomeClass.Refused, sent: 3500),
            Rehearsed.Request(OutcomeClass.Refused, sent: 3500));

        Assert.Equal((1, 3, -1.0, 3.5), (timeline.Deployment, timeline.Failures, timeline.From, timeline.To));
        Assert.Equal([-0.48], TimesOf(timeline, "answered by the leaving instance"));
        Assert.Equal([2.61], TimesOf(timeline, "answered by another instance"));
        Assert.Equal([0.01], TimesOf(timeline, "reset"));
        Assert.Equal([2.5, 2.5], TimesOf(timeline, "refused"));
    }

    [Fact]
    public void Build_RequestsAtTheSameTime_AreConnectionsInUse()
    {
        Timeline timeline = Build(
            Rehearsed.Request(OutcomeClass.Ok, sent: 1000, ended: 2000), Rehearsed.Request(OutcomeClass.Ok, sent: 1500, ended: 2500));

        TimelineLane busy = Lane(timeline, "its connections in use");
        Assert.Equal("2 at most", busy.Figure);
        Assert.Equal((1, 2, 1, 0), (At(timeline, busy, 0.25), At(timeline, busy, 0.75), At(timeline, busy, 1.25), At(timeline, busy, 1.75)));
    }

    [Fact]
    public void Build_Stop_NamesSignalCloseAndEndWhereTheyWere() => Assert.Equal(
        [new TimelineEvent(0, "SIGTERM"), new TimelineEvent(2, "listener closed after 2.00 s"), new TimelineEvent(3, "exit code 0, after 3.00 s")],
        Build().Events);

    [Fact]
    public void Build_RequestFarFromTheSignal_IsLeftOut() =>
        Assert.All(Build(Rehearsed.Request(OutcomeClass.Ok, sent: 20_000)).Lanes, static lane => Assert.Equal(0, lane.Bins.Sum()));

    [Fact]
    public void Build_BesideServiceLeftLater_IsNamedAndOnThePageAndEndsNoPhase()
    {
        Timeline timeline = Build(Rehearsed.Stop() with { Beside = [Rehearsed.BesideStop(code: 3) with { TimeToExit = TimeSpan.FromSeconds(7) }] });

        Assert.Equal(new TimelineEvent(7, "beside: exit code 3, after 7.00 s") { EndsPhase = false }, timeline.Events[^1]);
        Assert.Equal(7.5, timeline.To);
        Assert.Equal(2, TimelineSvg.Draw(timeline).Split("<rect class='phase").Length - 1);
    }

    [Fact]
    public void Build_BalancerNoticedLater_IsOnThePage() =>
        Assert.Equal(5.5, Build(Rehearsed.Stop() with { TimeToDetection = TimeSpan.FromSeconds(5) }).To);

    private static Timeline Build(params RequestRecord[] requests) => Build(Rehearsed.Stop(), requests);

    private static Timeline Build(Stop stop, params RequestRecord[] requests)
    {
        RehearseSettings settings = Settings.Read();
        return Assert.Single(new TimelineBuilder(settings, Rehearsed.Record(requests, stop), TimeProvider.System).Build());
    }

    private static TimelineLane Lane(Timeline timeline, string name) => Assert.Single(timeline.Lanes, lane => lane.Name == name);

    /// <summary>Seconds since the signal of each request in a row, to a hundredth, if its slice is where that falls.</summary>
    private static IEnumerable<double> TimesOf(Timeline timeline, string name)
    {
        IReadOnlyList<int> bins = Lane(timeline, name).Bins;
        double slice = (timeline.To - timeline.From) / bins.Count;
        double[] known = [-0.48, 0.01, 2.5, 2.61];
        return Enumerable.Range(0, bins.Count).Where(i => bins[i] > 0).SelectMany(i => Enumerable.Repeat(
            known.Single(at => at >= timeline.From + (i * slice) && at < timeline.From + ((i + 1) * slice)), bins[i]));
    }

    private static int At(Timeline timeline, TimelineLane lane, double seconds) =>
        lane.Bins[(int)((seconds - timeline.From) / (timeline.To - timeline.From) * lane.Bins.Count)];
}
