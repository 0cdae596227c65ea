namespace Quiesce;

/// <summary>One participant's part in one phase.</summary>
/// <param name="Name">The participant.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it took, or how long it was waited for.</param>
/// <param name="Error">Type and message of what it threw; else <see langword="null"/>.</param>
/// <param name="Notes">What the participant noted, oldest first.</param>
public sealed record ParticipantReport(
    string Name, ShutdownPhase Phase, StepOutcome Outcome, TimeSpan Duration, string? Error, IReadOnlyList<string> Notes)
{
    /// <summary>Gets when it began, measured from the signal.</summary>
    public TimeSpan BeganAt { get; init; }
}
