namespace Quiesce.Cli.Rehearse.Output;

/// <summary>One ledger joined with what clients saw.</summary>
internal sealed record LedgerSection(
    string Name,
    int Entries,
    int Foreign,
    int Acknowledged,
    int Mismatches,
    IReadOnlyList<LedgerEntrySection> AcknowledgedNotDone,
    IReadOnlyList<LedgerEntrySection> DoneNotAcknowledged,
    IReadOnlyList<LedgerEntrySection> DoneTwice);
