using System.CommandLine;
using System.CommandLine.Parsing;
using Quiesce.Cli.Rehearse.Stories;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>What was typed: the values of each option, and the command after <c>--</c>.</summary>
internal sealed class CommandLineValues(ParseResult parsed, IReadOnlyList<string> command)
{
    public IReadOnlyList<string> Command { get; } = command;

    /// <summary>Gets or sets whose defaults hold. Set first: the other options' defaults depend on it.</summary>
    public OrchestratorProfile Orchestrator { get; set; } = OrchestratorProfile.Of(OrchestratorKind.Kubernetes);

    /// <summary>Gets or sets the story that gives options which were not typed. Set before anything else is read.</summary>
    public Story? Story { get; set; }

    /// <summary>The values as typed, in order, or those of the story; empty when there are none.</summary>
    public IReadOnlyList<string> Of(OptionSpec spec) =>
        parsed.GetResult(spec.Option) is { Implicit: false } result ? [.. result.Tokens.Select(static token => token.Value)] : Story?.Of(spec) ?? [];

    public bool IsGiven(OptionSpec spec) => parsed.GetResult(spec.Option) is { Implicit: false } || Story?.Of(spec).Count > 0;

    /// <summary>What the parser could not place: unknown options, and words that are none.</summary>
    public IReadOnlyList<string> Unknown => parsed.UnmatchedTokens;

    /// <summary>Options that were given without the value they need.</summary>
    public IEnumerable<OptionSpec> WithoutValue() => RehearseOptions.All.Where(
        spec => spec.Value is not null && parsed.GetResult(spec.Option) is OptionResult { Implicit: false, Tokens.Count: 0 });
}
