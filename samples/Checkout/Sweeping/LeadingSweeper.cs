using Checkout.Postgres;
using Microsoft.Extensions.Options;

namespace Checkout.Sweeping;

/// <summary>Settles payments in PostgreSQL, in the one instance that leads: what <see cref="Sweeper"/> is for SQLite.</summary>
internal sealed partial class LeadingSweeper(
    ITransactions transactions, IOptions<SweeperOptions> options, TimeProvider time, ILogger<LeadingSweeper> logger) : ILeading
{
    public string Name => "sweeper";

    public async Task LeadAsync(CancellationToken ending)
    {
        LogLeads();
        using PeriodicTimer timer = new(options.Value.SweepInterval, time);
        do { await SweepAsync(); }
        while (await NextAsync(timer, ending));
    }

    /// <summary>Without a token: a sweep is a few milliseconds, and one that is running ends before the leadership does.</summary>
    private async Task SweepAsync()
    {
        try
        {
            await transactions.TransactAsync("sweep", (connection, stop) => connection.ExecuteAsync(
                "UPDATE payments SET settled_at = $1 WHERE number IN (SELECT number FROM payments WHERE settled_at IS NULL LIMIT $2)",
                [time.GetUtcNow(), options.Value.BatchSize], stop), CancellationToken.None);
        }
        catch (Exception error)
        {
            LogSweepFailed(error); // the next sweep, here or at the next leader, finds what this one left
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ending)
    {
        try { return await timer.WaitForNextTickAsync(ending); }
        catch (OperationCanceledException) { return false; }
    }

    [LoggerMessage(EventId = 14, Level = LogLevel.Information, Message = "Leads the sweepers; this instance settles payments.")]
    private partial void LogLeads();

    [LoggerMessage(EventId = 15, Level = LogLevel.Warning, Message = "A sweep failed; the next one tries again.")]
    private partial void LogSweepFailed(Exception exception);
}
