namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>What became of one fault in one deployment.</summary>
/// <param name="Fault">Which one.</param>
/// <param name="Played">How many clients, requests or signals there were.</param>
/// <param name="Seen">What was seen, each with how often.</param>
/// <param name="Failure">Why what was expected did not happen, as far as this fault alone can tell; <see langword="null"/> otherwise.</param>
internal sealed record FaultRecord(Fault Fault, int Played, IReadOnlyDictionary<string, int> Seen, string? Failure = null);
