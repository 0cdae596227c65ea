using System.Globalization;
using Npgsql;

namespace Quiesce.PostgreSql;

/// <summary>A session of the server that holds, or wants, an advisory lock. Used by one flow.</summary>
/// <remarks>
/// Who waits asks again each interval, and at once when a leader that leaves says so (LISTEN). Not <c>pg_advisory_lock</c>, which would wait on the
/// server: a statement that runs for days keeps VACUUM from its work.
/// </remarks>
internal sealed class LeaderSession : IAsyncDisposable
{
    /// <summary>Says in <c>pg_stat_activity</c> who asks.</summary>
    internal const string CheckStatement = "SELECT 1 -- quiesce: the leader's sign of life";

    private readonly NpgsqlConnection _connection;
    private readonly long _key;
    private bool _holdsLock;

    private LeaderSession(NpgsqlConnection connection, long key) => (_connection, _key) = (connection, key);

    private string Channel => string.Create(CultureInfo.InvariantCulture, $"quiesce_leader_{_key:x16}");

    public static async Task<LeaderSession> OpenAsync(NpgsqlDataSource dataSource, long key, CancellationToken cancellationToken)
    {
        var session = new LeaderSession(await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), key);
        try { await session.ExecuteAsync($"LISTEN {session.Channel}").ConfigureAwait(false); }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return session;
    }

    /// <summary>Waits until it has the lock.</summary>
    public async Task WinAsync(TimeSpan retryInterval, CancellationToken cancellationToken)
    {
        while (!await TryLockAsync().ConfigureAwait(false)) { await _connection.WaitAsync(retryInterval, cancellationToken).ConfigureAwait(false); }
    }

    /// <summary>Makes sure that the session, and the lock with it, is there, until it is told to stop; returns then.</summary>
    /// <exception cref="NpgsqlException">The session is lost: somebody else may have the lock.</exception>
    public async Task WatchAsync(TimeSpan checkInterval, CancellationToken cancellationToken)
    {
        int answerLimitSeconds = Math.Max(1, (int)Math.Ceiling(checkInterval.TotalSeconds));
        while (!cancellationToken.IsCancellationRequested)
        {
            try { await _connection.WaitAsync(checkInterval, cancellationToken).ConfigureAwait(false); }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { return; }

            await ExecuteAsync(CheckStatement, answerLimitSeconds).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the lock up, if it has it, and tells those who wait. If the session is lost the server has given it up.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // A pooled connection keeps its session's locks until somebody else takes it from the pool.
            if (_holdsLock) { await ExecuteAsync($"SELECT pg_advisory_unlock({Key}), pg_notify('{Channel}', '')").ConfigureAwait(false); }

            await ExecuteAsync($"UNLISTEN {Channel}").ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException) { return; }
        finally { await _connection.DisposeAsync().ConfigureAwait(false); }
    }

    private string Key => _key.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without a token: a lock that was taken by a statement that counts as cancelled would be nobody's.</summary>
    private async Task<bool> TryLockAsync()
    {
        NpgsqlCommand command = _connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = $"SELECT pg_try_advisory_lock({Key})";
            return _holdsLock = (bool)(await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false))!;
        }
    }

    private async Task ExecuteAsync(string statement, int? limitSeconds = null)
    {
        NpgsqlCommand command = _connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = statement;
            if (limitSeconds is { } limit) { command.CommandTimeout = limit; }

            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
