namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What went wrong on purpose, what was expected, and what was seen.</summary>
internal sealed record FaultSection(
    string Name, string Fault, int Played, IReadOnlyList<FaultSeenSection> Seen, string Expected, bool Met, string? NotMet);
