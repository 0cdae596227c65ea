namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>All ledgers at one moment.</summary>
/// <param name="Results">Those that could be read, joined.</param>
/// <param name="Unread">Why each of the others could not.</param>
internal sealed record LedgersRead(IReadOnlyList<LedgerResult> Results, IReadOnlyList<string> Unread)
{
    /// <summary>Gets how many acknowledged effects are missing.</summary>
    public int Missing => Results.Sum(static result => result.AcknowledgedNotDone.Count);

    /// <summary>Gets whether nothing is waited for any more.</summary>
    public bool IsSettled => Unread.Count == 0 && Missing == 0;

    /// <summary>Gets why there can be no verdict, if so.</summary>
    public string? NoVerdictReason => Unread.Count == 0 ? null : string.Join(' ', Unread);
}
