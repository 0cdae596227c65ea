using System.CommandLine;
using System.CommandLine.Parsing;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>What was typed: the values of each option, and the command after <c>--</c>.</summary>
internal sealed class CommandLineValues(ParseResult parsed, IReadOnlyList<string> command)
{
    public IReadOnlyList<string> Command { get; } = command;

    /// <summary>Gets or sets whose defaults hold. Set first: the other options' defaults depend on it.</summary>
    public OrchestratorProfile Orchestrator { get; set; } = OrchestratorProfile.Of(OrchestratorKind.Kubernetes);

    /// <summary>The values as typed, in order; empty when the option was not given.</summary>
    public IReadOnlyList<string> Of(OptionSpec spec) =>
        parsed.GetResult(spec.Option) is { Implicit: false } result ? [.. result.Tokens.Select(static token => token.Value)] : [];

    public bool IsGiven(OptionSpec spec) => parsed.GetResult(spec.Option) is { Implicit: false };

    /// <summary>What the parser could not place: unknown options, and words that are none.</summary>
    public IReadOnlyList<string> Unknown => parsed.UnmatchedTokens;

    /// <summary>Options that were given without the value they need.</summary>
    public IEnumerable<OptionSpec> WithoutValue() => RehearseOptions.All.Where(
        spec => spec.Value is not null && parsed.GetResult(spec.Option) is OptionResult { Implicit: false, Tokens.Count: 0 });
}
