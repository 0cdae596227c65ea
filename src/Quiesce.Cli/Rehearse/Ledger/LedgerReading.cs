using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Reads every ledger and joins it; one that cannot be read takes the verdict away, never passes silently.</summary>
internal static class LedgerReading
{
    public static async Task<RehearsalRecord> AddAsync(
        RehearsalRecord record, IReadOnlyList<LedgerSource> sources, LedgerHost host, TimeProvider time, CancellationToken cancellationToken)
    {
        var results = new List<LedgerResult>();
        var unread = new List<string>();
        foreach (LedgerSource source in sources)
        {
            try
            {
                IReadOnlyCollection<string> ids = await LedgerReader.ReadAsync(await host.PlaceAsync(source, cancellationToken), time, cancellationToken);
                results.Add(LedgerJoin.Join(source.Name, ids, record.Deployments!.Requests));
            }
            catch (LedgerException error)
            {
                unread.Add(error.Message);
            }
        }

        return record with { Ledgers = results, NoVerdictReason = unread.Count == 0 ? null : string.Join(' ', unread) };
    }
}
