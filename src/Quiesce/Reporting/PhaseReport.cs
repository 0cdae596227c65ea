namespace Quiesce;

/// <summary>How long one phase took.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Duration">From its begin to the begin of the next.</param>
public sealed record PhaseReport(ShutdownPhase Phase, TimeSpan Duration);
