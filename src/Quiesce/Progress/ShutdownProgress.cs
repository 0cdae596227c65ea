namespace Quiesce;

/// <summary>Where a shutdown stands at one instant: what it waits for, and how long that may still take.</summary>
/// <param name="Reason">Why it began.</param>
/// <param name="Phase">The phase it is in.</param>
/// <param name="Elapsed">Time since the signal.</param>
/// <param name="Remaining">Time until the budget ends, by which the phases are over; never negative.</param>
/// <param name="Running">The steps that are waited for, the longest running first.</param>
/// <param name="InFlight">How many units of work are in flight, long-lived ones included.</param>
/// <param name="Oldest">The oldest unit in flight, or <see langword="null"/>.</param>
internal sealed record ShutdownProgress(
    ShutdownReason Reason,
    ShutdownPhase Phase,
    TimeSpan Elapsed,
    TimeSpan Remaining,
    IReadOnlyList<RunningStep> Running,
    int InFlight,
    WorkInFlight? Oldest);
