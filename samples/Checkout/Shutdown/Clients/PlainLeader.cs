using Checkout.Postgres;
using Npgsql;

namespace Checkout.Shutdown.Clients;

/// <summary>Leads while its session holds an advisory lock: a background service that asks for it until it gets it.</summary>
/// <remarks>
/// The host cancels the token when the web server has stopped, and waits. A session that is cut off takes the lock with it; this instance
/// then goes on for a while beside its successor, which everything that is led here bears.
/// https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
/// </remarks>
internal sealed partial class PlainLeader<T>(T leading, NpgsqlDataSource dataSource, TimeProvider time, ILogger<PlainLeader<T>> logger)
    : BackgroundService
    where T : class, ILeading
{
    // A lock that is free is told to nobody, so asking is the only way.
    private static readonly TimeSpan _retryInterval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(stoppingToken);
                await LeadIfFreeAsync(connection, stoppingToken);
            }
            catch (Exception error)
            {
                if (stoppingToken.IsCancellationRequested) { return; } // the lock ends with its session
                LogFailed(leading.Name, error);
            }

            await Task.Delay(_retryInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeadIfFreeAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        List<bool> taken = await connection.QueryAsync(
            "SELECT pg_try_advisory_lock(hashtext($1))", [leading.Name], static row => row.GetBoolean(0), stoppingToken);
        if (!taken[0]) { return; }

        try
        {
            await leading.LeadAsync(stoppingToken);
        }
        finally
        {
            // Or the lock would stay with the connection, which only goes back to the pool.
            await connection.ExecuteAsync("SELECT pg_advisory_unlock(hashtext($1))", [leading.Name], CancellationToken.None);
        }
    }

    [LoggerMessage(EventId = 70, Level = LogLevel.Warning, Message = "The leadership '{Name}' failed; this instance asks for it again.")]
    private partial void LogFailed(string name, Exception exception);
}
