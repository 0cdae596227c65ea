namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Something that was seen of a fault, and how often.</summary>
internal sealed record FaultSeenSection(string What, int Count);
