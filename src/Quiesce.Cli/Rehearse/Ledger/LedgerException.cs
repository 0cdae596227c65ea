namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>A ledger could not be read.</summary>
internal sealed class LedgerException(string message) : Exception(message);
