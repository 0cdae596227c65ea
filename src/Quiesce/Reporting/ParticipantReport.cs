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

    /// <summary>Gets where in the application's code it comes from: the participant's type, or the method that a hook was written in or calls.</summary>
    /// <value><see langword="null"/> for the participants that come with Quiesce.</value>
    public string? Origin { get; init; }

    /// <summary>Gets where it was when it was left behind, in words, as far as the platform tells: whether it held a thread, and which, or
    /// awaited something.</summary>
    /// <value><see langword="null"/> for one that has ended.</value>
    public string? Whereabouts { get; init; }

    /// <summary>Gets the participants that use this one and were still running when it was released: left behind in this phase or before.</summary>
    /// <value>Empty in other phases than Release.</value>
    public IReadOnlyList<string> ReleasedBefore { get; init; } = [];

    /// <summary>Gets a value indicating whether it is the program itself, whose failure has an exit code of its own.</summary>
    internal bool IsProgram { get; init; }
}
