using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>Reads every ledger and joins it; one that cannot be read takes the verdict away, never passes silently.</summary>
internal sealed class LedgerReading(
    IReadOnlyList<LedgerSource> sources, LedgerHost host, IReadOnlyList<RequestRecord> requests, TimeProvider time)
{
    public async Task<LedgersRead> ReadAsync(CancellationToken cancellationToken)
    {
        var results = new List<LedgerResult>();
        var unread = new List<string>();
        foreach (LedgerSource source in sources)
        {
            try
            {
                IReadOnlyCollection<string> ids = await LedgerReader.ReadAsync(await host.PlaceAsync(source, cancellationToken), time, cancellationToken);
                results.Add(LedgerJoin.Join(source.Name, ids, requests));
            }
            catch (LedgerException error)
            {
                unread.Add(error.Message);
            }
        }

        return new LedgersRead(results, unread);
    }
}
