using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict.Statistics;

/// <summary>What the counts exclude, at 95 %.</summary>
/// <param name="Deployments">How many there were.</param>
/// <param name="LosingDeployments">How many of them lost something that counts.</param>
/// <param name="DeploymentsBound">At most this share of deployments loses something.</param>
/// <param name="Requests">Requests in the windows: in flight at a signal, or sent between it and the end of the instance, or until the balancer had noticed.</param>
/// <param name="LostRequests">How many of them were lost.</param>
/// <param name="RequestsBound">At most this share of such requests is lost, if they are lost independently of each other.</param>
internal sealed record Evidence(
    int Deployments, int LosingDeployments, double DeploymentsBound, int Requests, int LostRequests, double RequestsBound)
{
    /// <summary>Returns <see langword="null"/> without any deployment.</summary>
    public static Evidence? From(RehearseSettings settings, RehearsalRecord record, IReadOnlyList<Loss> losses, TimeProvider time)
    {
        if (record.Deployments is not { Stops: { Count: > 0 } stops } segment) { return null; }
        long Noticed(Stop stop) => stop.SignalledAt + (long)((stop.TimeToDetection?.TotalSeconds ?? 0) * time.TimestampFrequency);
        bool Counts(OutcomeClass outcome) => OutcomeRules.Counts(settings.Balancer, outcome);
        bool InWindow(RequestRecord request) => stops.Any(
            stop => request.EndedAt >= stop.SignalledAt && request.SentAt <= Math.Max(stop.ExitedAt, Noticed(stop)));

        RequestRecord[] window = [.. segment.Requests.Where(InWindow)];
        int lost = window.Count(request => Counts(request.Outcome));
        int losing = losses.Where(loss => loss.Deployment > 0 && Counts(loss.Request.Outcome)).DistinctBy(static loss => loss.Deployment).Count();
        return new Evidence(
            stops.Count, losing, ClopperPearson.Upper(losing, stops.Count),
            window.Length, lost, window.Length == 0 ? 1 : ClopperPearson.Upper(lost, window.Length));
    }
}
