using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Everything that one rehearsal measured, before anybody judges it.</summary>
internal sealed record RehearsalRecord
{
    /// <summary>Gets the wall-clock time of the start; for display only.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Gets the mix that was sent.</summary>
    public IReadOnlyList<RequestTemplate> Templates { get; init; } = [];

    /// <summary>Gets the load without any stop; <see langword="null"/> when baselines were switched off.</summary>
    public Segment? NoStop { get; init; }

    /// <summary>Gets the load across a SIGKILL; <see langword="null"/> when it was not run.</summary>
    public Segment? Kill { get; init; }

    /// <summary>Gets the deployments; <see langword="null"/> when a baseline made them pointless.</summary>
    public Segment? Deployments { get; init; }

    /// <summary>Gets how the newest instance left, after the load had ended.</summary>
    public Stop? FinalStop { get; init; }

    /// <summary>Gets how the others left with it, where several run beside each other.</summary>
    public IReadOnlyList<Stop> OtherFinalStops { get; init; } = [];

    /// <summary>Gets how all of them left, the newest last.</summary>
    public IEnumerable<Stop> FinalStops => FinalStop is { } newest ? [.. OtherFinalStops, newest] : OtherFinalStops;

    /// <summary>Gets how long after that no acknowledged effect was missing; <see langword="null"/> if nobody waited, or it never was so.</summary>
    public TimeSpan? SettledAfter { get; init; }

    public IReadOnlyList<LedgerResult> Ledgers { get; init; } = [];

    /// <summary>Gets why there can be no verdict, if so.</summary>
    public string? NoVerdictReason { get; init; }
}
