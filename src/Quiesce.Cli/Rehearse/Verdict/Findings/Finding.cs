namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>Losses, or stops, with one likely cause, in words.</summary>
/// <param name="Kind">A stable name for pipelines.</param>
/// <param name="Count">How many requests, or stops.</param>
/// <param name="What">What was seen.</param>
/// <param name="Cause">What most likely led to it.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Finding(string Kind, int Count, string What, string Cause, string Remedy);
