using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Ledger;

/// <summary>One more instance of the program, for ledgers that ask the program: started when the first of them is read, ended with the others.</summary>
/// <remarks>The instances of the rehearsal have gone by then, and with them whatever they kept to themselves: what is still known is what was kept.</remarks>
internal sealed class LedgerHost(InstanceStarter starter, int? port)
{
    private Instance? _instance;

    /// <exception cref="LedgerException">It did not start.</exception>
    public async Task<LedgerSource> PlaceAsync(LedgerSource source, CancellationToken cancellationToken)
    {
        if (!source.AsksTheProgram) { return source; }
        try
        {
            _instance ??= await starter.StartAsync(port ?? FreePort.Find(), http2Port: null, cancellationToken);
            return source.At(_instance.Port);
        }
        catch (QuiesceException error)
        {
            throw new LedgerException($"The ledger {source.Name} is asked of one more instance, which did not start. {error.Message}");
        }
    }
}
