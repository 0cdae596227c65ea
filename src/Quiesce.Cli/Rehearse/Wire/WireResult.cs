using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>What one exchange on a connection came to. Instants are timestamps of the run's <see cref="TimeProvider"/>.</summary>
/// <param name="Outcome">Its one class.</param>
/// <param name="Status">The status of the final answer, if its first line arrived.</param>
/// <param name="CloseSeen">Whether the answer said <c>Connection: close</c>.</param>
/// <param name="SentAt">When its first byte was handed to the kernel.</param>
/// <param name="EndedAt">When the answer was complete, or known never to be.</param>
/// <param name="Detail">One line for a person; <see langword="null"/> if all went well.</param>
/// <param name="ServedBy">Which instance a proxy in front named, if any.</param>
internal sealed record WireResult(OutcomeClass Outcome, int? Status, bool CloseSeen, long SentAt, long EndedAt, string? Detail, string? ServedBy = null);
