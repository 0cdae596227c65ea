namespace Quiesce.Cli.Rehearse.Output.Html;

/// <summary>An instant of a timeline that has a name.</summary>
/// <param name="Seconds">Since the signal.</param>
/// <param name="Text">What happened.</param>
internal sealed record TimelineEvent(double Seconds, string Text);
