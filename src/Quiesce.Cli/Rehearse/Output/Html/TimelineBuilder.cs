using System.Globalization;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Verdict;

namespace Quiesce.Cli.Rehearse.Output.Html;

/// <summary>Sorts the requests around each signal into the rows and slices of a timeline.</summary>
internal sealed class TimelineBuilder(RehearseSettings settings, RehearsalRecord record, TimeProvider time)
{
    // As many slices as an eye tells apart on the width of a page.
    private const int Slices = 160;

    // A second before the signal shows what was usual, and half a second after everything is over that it is usual again.
    private const double Before = 1, After = 0.5;

    private readonly LossAttribution _attribution =
        new(record.Deployments?.Stops ?? [], settings.Balancer == BalancerKind.None, time);

    public IReadOnlyList<Timeline> Build()
    {
        IReadOnlyList<RequestRecord> requests = record.Deployments?.Requests ?? [];
        return [.. (record.Deployments?.Stops ?? []).Select(stop => Build(stop, requests))];
    }

    private Timeline Build(Stop stop, IReadOnlyList<RequestRecord> requests)
    {
        double noticed = stop.TimeToDetection?.TotalSeconds ?? 0;
        double from = -Math.Min(Before, settings.Steady.TotalSeconds), to = Math.Max(LastExit(stop), noticed) + After;
        RequestRecord[] around =
        [
            .. requests.Where(request => Since(stop, request.EndedAt) >= from && Since(stop, request.SentAt) <= to),
        ];
        int[] Count(Func<RequestRecord, bool> wanted, Func<RequestRecord, long> at) =>
            Bins(around.Where(wanted).Select(request => Since(stop, at(request))), from, to);

        bool IsOld(RequestRecord request) => _attribution.InstanceOf(request) == stop.Instance;
        bool IsOk(RequestRecord request) => request.Outcome == OutcomeClass.Ok;
        int[] busy = Busy(around.Where(IsOld), stop, from, to);
        List<TimelineLane> lanes =
        [
            Lane("answered by the leaving instance", "old", Count(request => IsOk(request) && IsOld(request), static request => request.EndedAt)),
            Lane("answered by another instance", "new", Count(request => IsOk(request) && !IsOld(request), static request => request.EndedAt)),
            new("its connections in use", "busy", busy, $"{busy.Max()} at most", IsArea: true),
            .. around.Where(request => !IsOk(request)).Select(static request => request.Outcome).Distinct().Order().Select(
                outcome => Lane(OutcomeText.Of(outcome), "lost", Count(request => request.Outcome == outcome, static request => request.SentAt))),
        ];
        int failures = around.Count(request => !IsOk(request) && IsOld(request));
        return new Timeline(stop.Deployment, failures, from, to, [.. Events(stop)], lanes);
    }

    private IEnumerable<TimelineEvent> Events(Stop stop)
    {
        yield return new TimelineEvent(0, Signals.NameOf((int)settings.Signal));
        if (stop.TimeToClose is { } close)
        {
            yield return new TimelineEvent(close.TotalSeconds, $"listener closed after {Seconds(close)} s");
        }

        yield return new TimelineEvent(stop.TimeToExit.TotalSeconds, End(stop.Killed, stop.Status, stop.TimeToExit));
        foreach (BesideStop beside in stop.Beside)
        {
            string name = ReportFormat.Beside(beside.Identity.Service, settings.Beside.Count);
            string end = End(beside.Killed, beside.Status, beside.TimeToExit);
            yield return new TimelineEvent(beside.TimeToExit.TotalSeconds, $"{name}: {end}") { EndsPhase = false };
        }
    }

    private static string End(bool killed, ExitStatus status, TimeSpan after) => $"{(killed ? "killed at the grace" : $"{status}")}, after {Seconds(after)} s";

    private static double LastExit(Stop stop) => stop.Beside.Select(static beside => beside.TimeToExit).Append(stop.TimeToExit).Max().TotalSeconds;

    private static TimelineLane Lane(string name, string style, int[] bins) =>
        new(name, style, bins, bins.Sum().ToString("N0", CultureInfo.InvariantCulture), IsArea: false);

    private static int[] Bins(IEnumerable<double> seconds, double from, double to)
    {
        int[] bins = new int[Slices];
        foreach (double at in seconds.Where(at => at >= from && at < to)) { bins[SliceOf(at, from, to)]++; }
        return bins;
    }

    // How many requests were in flight at some moment of each slice; over HTTP/1.1 each has a connection to itself.
    private int[] Busy(IEnumerable<RequestRecord> requests, Stop stop, double from, double to)
    {
        int[] bins = new int[Slices];
        foreach (RequestRecord request in requests.Where(static request => request.Outcome != OutcomeClass.Refused))
        {
            double begin = Math.Max(Since(stop, request.SentAt), from), end = Math.Min(Since(stop, request.EndedAt), to);
            for (int slice = SliceOf(begin, from, to); slice <= SliceOf(end, from, to); slice++) { bins[slice]++; }
        }

        return bins;
    }

    private static int SliceOf(double at, double from, double to) => Math.Clamp((int)((at - from) / (to - from) * Slices), 0, Slices - 1);

    private double Since(Stop stop, long at) => time.GetElapsedTime(stop.SignalledAt, at).TotalSeconds;

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
}
