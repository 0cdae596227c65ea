using Quiesce.Cli.Rehearse.Deployments;

namespace Quiesce.Cli.Rehearse.Verdict.Findings;

/// <summary>Recognises losses of one cause.</summary>
/// <param name="Kind">The stable name of the finding.</param>
/// <param name="Applies">Whether a loss is one of them; the stop is that of its instance, if it had one.</param>
/// <param name="Cause">What most likely led to it.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record LossRule(string Kind, Func<Loss, Stop?, bool> Applies, string Cause, string Remedy);
