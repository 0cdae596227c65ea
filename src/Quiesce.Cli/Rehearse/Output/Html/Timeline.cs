namespace Quiesce.Cli.Rehearse.Output.Html;

/// <summary>What happened around one signal, in slices of time.</summary>
/// <param name="Deployment">1 for the first.</param>
/// <param name="Failures">How many of the leaving instance's requests failed.</param>
/// <param name="From">Seconds since the signal at the left edge; negative.</param>
/// <param name="To">Seconds since the signal at the right edge.</param>
/// <param name="Events">The signal, the closed listener, the end; in order.</param>
/// <param name="Lanes">From top to bottom.</param>
internal sealed record Timeline(
    int Deployment, int Failures, double From, double To, IReadOnlyList<TimelineEvent> Events, IReadOnlyList<TimelineLane> Lanes);
