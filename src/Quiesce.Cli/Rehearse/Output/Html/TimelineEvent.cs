namespace Quiesce.Cli.Rehearse.Output.Html;

/// <summary>An instant of a timeline that has a name.</summary>
/// <param name="Seconds">Since the signal.</param>
/// <param name="Text">What happened.</param>
internal sealed record TimelineEvent(double Seconds, string Text)
{
    /// <summary>Gets whether it is the program's, and ends one of its phases; those of beside services do not.</summary>
    public bool EndsPhase { get; init; } = true;
}
