namespace Quiesce.Cli.Rehearse.Output;

/// <summary>The verdict: <c>pass</c>, <c>fail</c> or <c>notGiven</c>, and why.</summary>
internal sealed record VerdictSection(string Outcome, IReadOnlyList<string> Reasons);
