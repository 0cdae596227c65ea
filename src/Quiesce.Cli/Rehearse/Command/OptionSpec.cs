using System.CommandLine;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>One option as the help page shows it and the parser takes it.</summary>
/// <remarks>
/// Every value is taken as text and converted by <see cref="SettingsReader"/>: only so can each message name the option, the value and the
/// remedy, and can all mistakes be shown at once. Every option may be repeated as far as the parser is concerned, for the same reason.
/// </remarks>
internal sealed class OptionSpec
{
    public OptionSpec(string name, string? value, string help, string? defaultValue = null, bool repeatable = false)
    {
        Name = name;
        Value = value;
        Help = help;
        Default = defaultValue;
        Repeatable = repeatable;
        Option = value is null
            ? new Option<bool>(name) { Arity = ArgumentArity.Zero }
            : new Option<string[]>(name) { Arity = ArgumentArity.OneOrMore };
    }

    public string Name { get; }

    /// <summary>Gets what the value is called; <see langword="null"/> for a switch.</summary>
    public string? Value { get; }

    public string Help { get; }

    public string? Default { get; }

    public bool Repeatable { get; }

    public Option Option { get; }
}
