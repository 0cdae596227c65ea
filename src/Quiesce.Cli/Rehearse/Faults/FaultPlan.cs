using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>The faults of a stretch of load, and what they need from it.</summary>
/// <param name="Faults">Each is played in each deployment.</param>
/// <param name="Templates">The mix.</param>
/// <param name="Load">Sends the burst; <see langword="null"/> when no load runs.</param>
internal sealed record FaultPlan(IReadOnlyList<Fault> Faults, IReadOnlyList<RequestTemplate> Templates, ILoad? Load)
{
    /// <summary>Baselines and the last, idle instance: nothing goes wrong on purpose.</summary>
    public static readonly FaultPlan None = new([], [], Load: null);

    public Fault? Of(FaultKind kind) => Faults.FirstOrDefault(fault => fault.Kind == kind);
}
