namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Losses, or stops, with one likely cause, in words.</summary>
internal sealed record FindingSection(string Kind, int Count, string What, string Cause, string Remedy);
