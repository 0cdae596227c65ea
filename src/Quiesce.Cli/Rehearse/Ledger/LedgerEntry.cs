using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>One request that a ledger and the client do not agree on.</summary>
/// <param name="Id">The id that was sent in the place of <c>{id}</c>.</param>
/// <param name="Template">Which request it was.</param>
/// <param name="Outcome">How it ended for the client.</param>
/// <param name="Status">The status the client saw, if any.</param>
/// <param name="Times">How often the ledger holds it.</param>
internal sealed record LedgerEntry(string Id, string Template, OutcomeClass Outcome, int? Status, int Times);
