using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>Finds for each request that was not ok which stop it belongs to.</summary>
/// <param name="stops">All stops of the stretch, in order.</param>
/// <param name="inPlace">Whether instances follow each other on one port, so that the address alone does not tell them apart.</param>
/// <param name="time">The clock that the instants were taken from.</param>
internal sealed class LossAttribution(IReadOnlyList<Stop> stops, bool inPlace, TimeProvider time)
{
    private readonly Dictionary<int, Stop> _byInstance = stops.ToDictionary(static stop => stop.Instance);

    public IReadOnlyList<Loss> Attribute(IEnumerable<RequestRecord> requests) =>
        [.. requests.Where(static request => request.Outcome != OutcomeClass.Ok).OrderBy(static request => request.SentAt).Select(AttributeOne)];

    /// <summary>The instance that a request belongs to; <see langword="null"/> if the balancer had none to offer.</summary>
    /// <remarks>In place, a new instance answers a moment before the rig has seen that it is ready; until then the balancer still hands out
    /// its predecessor. Whatever reached somebody after the last process of the predecessor was gone, reached the new one.</remarks>
    public int? InstanceOf(RequestRecord request)
    {
        if (request.Endpoint?.Instance is not { } named) { return null; }
        bool reachedSomebodyElse = inPlace
            && request.Outcome != OutcomeClass.Refused
            && _byInstance.TryGetValue(named, out Stop? stop)
            && (request.ConnectionLastUsedAt ?? request.SentAt) >= stop.GoneAt;
        return reachedSomebodyElse ? named + 1 : named;
    }

    private Loss AttributeOne(RequestRecord request)
    {
        if (StopOf(request) is not { } stop)
        {
            return new Loss(request, InstanceOf(request), 0, LeavingPhase.NoStop, LeavingPhase.NoStop, null, null);
        }

        return new Loss(
            request,
            stop.Instance,
            stop.Deployment,
            PhaseAt(stop, request.SentAt),
            PhaseAt(stop, request.EndedAt),
            time.GetElapsedTime(stop.SignalledAt, request.SentAt),
            request.ConnectionLastUsedAt is { } lastUsedAt ? time.GetElapsedTime(stop.SignalledAt, lastUsedAt) : null);
    }

    // A request that the balancer had no instance for belongs to whoever left last before it.
    private Stop? StopOf(RequestRecord request) => InstanceOf(request) is { } instance
        ? _byInstance.GetValueOrDefault(instance)
        : stops.LastOrDefault(stop => stop.SignalledAt <= request.SentAt);

    private static LeavingPhase PhaseAt(Stop stop, long at)
    {
        if (at < stop.SignalledAt) { return LeavingPhase.BeforeSignal; }
        if (at >= stop.ExitedAt) { return LeavingPhase.AfterExit; }
        return at >= stop.ClosedAt ? LeavingPhase.AfterClose : LeavingPhase.Leaving;
    }
}
