namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>One ledger, joined with what the clients saw.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Entries">Lines of the ledger that belong to the deployments.</param>
/// <param name="Foreign">Lines that do not: baselines, or an earlier run.</param>
/// <param name="Acknowledged">How many effects the clients were promised.</param>
/// <param name="AcknowledgedNotDone">Promised and not there: lost.</param>
/// <param name="DoneNotAcknowledged">There, but the client was not told: it may ask again. For information.</param>
/// <param name="DoneTwice">There more than once.</param>
internal sealed record LedgerResult(
    string Name,
    int Entries,
    int Foreign,
    int Acknowledged,
    IReadOnlyList<LedgerEntry> AcknowledgedNotDone,
    IReadOnlyList<LedgerEntry> DoneNotAcknowledged,
    IReadOnlyList<LedgerEntry> DoneTwice)
{
    public int Mismatches => AcknowledgedNotDone.Count + DoneTwice.Count;
}
