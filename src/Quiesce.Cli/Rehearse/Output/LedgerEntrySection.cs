namespace Quiesce.Cli.Rehearse.Output;

/// <summary>One request that a ledger and the client do not agree on.</summary>
internal sealed record LedgerEntrySection(string Id, string Request, string Outcome, int? Status, int Times);
