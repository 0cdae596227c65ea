using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Rehearse.Stories;

/// <summary>A failure that happened to others, as a rehearsal: short for a set of options, of which each can be overridden.</summary>
/// <param name="Id">Its number in docs/stories.md.</param>
/// <param name="Title">What happened.</param>
/// <param name="Options">What it is short for; empty if it cannot be played.</param>
/// <param name="LookFor">What shows that it happens here too; for one that cannot be played, why.</param>
internal sealed record Story(string Id, string Title, IReadOnlyList<KeyValuePair<OptionSpec, string>> Options, string LookFor)
{
    public bool CanBePlayed => Options.Count > 0;

    /// <summary>Gets what is missing in a rehearsal that would tell nothing; <see langword="null"/> when all is there.</summary>
    public Func<RehearseSettings, string?> Explain { get; init; } = static _ => null;

    /// <summary>Gets the options as they would be typed.</summary>
    public string Line => string.Join(' ', Options.Select(static option => $"{option.Key.Name} {option.Value}"));

    /// <summary>The values that it gives to an option.</summary>
    public IReadOnlyList<string> Of(OptionSpec spec) => [.. Options.Where(option => option.Key == spec).Select(static option => option.Value)];
}
