using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>One stretch of load and the stops that happened under it: a baseline, or all deployments.</summary>
/// <param name="StartedAt">Timestamp of the load's start.</param>
/// <param name="Requests">Every request of the stretch.</param>
/// <param name="Stops">In order.</param>
/// <param name="Lateness">How well the generator kept its schedule.</param>
internal sealed record Segment(
    long StartedAt,
    IReadOnlyList<RequestRecord> Requests,
    IReadOnlyList<Stop> Stops,
    LoadLateness Lateness);
