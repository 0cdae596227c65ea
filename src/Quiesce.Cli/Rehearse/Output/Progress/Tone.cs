namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>How a piece of the live view stands out.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Soft,
    Good,
    Bad,
    Warning,
}
