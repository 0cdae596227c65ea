using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>Finds for each request that was not ok which stop it belongs to.</summary>
internal sealed class LossAttribution(IReadOnlyList<Stop> stops, TimeProvider time)
{
    private readonly Dictionary<int, Stop> _byInstance = stops.ToDictionary(static stop => stop.Instance);

    public IReadOnlyList<Loss> Attribute(IEnumerable<RequestRecord> requests) =>
        [.. requests.Where(static request => request.Outcome != OutcomeClass.Ok).OrderBy(static request => request.SentAt).Select(AttributeOne)];

    private Loss AttributeOne(RequestRecord request)
    {
        if (StopOf(request) is not { } stop)
        {
            return new Loss(request, 0, LeavingPhase.NoStop, LeavingPhase.NoStop, null, null);
        }

        return new Loss(
            request,
            stop.Deployment,
            PhaseAt(stop, request.SentAt),
            PhaseAt(stop, request.EndedAt),
            time.GetElapsedTime(stop.SignalledAt, request.SentAt),
            request.ConnectionLastUsedAt is { } lastUsedAt ? time.GetElapsedTime(stop.SignalledAt, lastUsedAt) : null);
    }

    // A request that the balancer had no instance for belongs to whoever left last before it.
    private Stop? StopOf(RequestRecord request) => request.Endpoint is { } endpoint
        ? _byInstance.GetValueOrDefault(endpoint.Instance)
        : stops.LastOrDefault(stop => stop.SignalledAt <= request.SentAt);

    private static LeavingPhase PhaseAt(Stop stop, long at)
    {
        if (at < stop.SignalledAt) { return LeavingPhase.BeforeSignal; }
        if (at >= stop.ExitedAt) { return LeavingPhase.AfterExit; }
        return at >= stop.ClosedAt ? LeavingPhase.AfterClose : LeavingPhase.Leaving;
    }
}
