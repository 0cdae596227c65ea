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

    /// <summary>A busy server may take longer than a short interval.</summary>
    private static readonly TimeSpan _shortestAnswerLimit = TimeSpan.FromSeconds(1);

    private readonly NpgsqlConnection _connection;
    private readonly long _key;
    private bool _holdsLock;

    // Written where the client reads a notification: in a wait, or at the end of a statement.
    private volatile bool _isNotified;

    // The last sign of life that was asked for.
    private Task _checking = Task.CompletedTask;

    private LeaderSession(NpgsqlConnection connection, long key)
    {
        (_connection, _key) = (connection, key);
        connection.Notification += (_, _) => _isNotified = true;
    }

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
        while (true)
        {
            // Before the attempt: a leader that leaves in the middle of it notifies at its end, and then there is nothing left to wait for.
            _isNotified = false;
            if (await TryLockAsync().ConfigureAwait(false)) { return; }

            if (!_isNotified) { await _connection.WaitAsync(retryInterval, cancellationToken).ConfigureAwait(false); }
            else { cancellationToken.ThrowIfCancellationRequested(); }
        }
    }

    /// <summary>Makes sure that the session, and the lock with it, is there, until it is told to stop; returns then.</summary>
    /// <exception cref="NpgsqlException">The session is lost: somebody else may have the lock.</exception>
    public async Task WatchAsync(TimeSpan checkInterval, CancellationToken cancellationToken)
    {
        TimeSpan answerLimit = checkInterval > _shortestAnswerLimit ? checkInterval : _shortestAnswerLimit;
        while (!cancellationToken.IsCancellationRequested)
        {
            try { await _connection.WaitAsync(checkInterval, cancellationToken).ConfigureAwait(false); }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { return; }

            // Not the command's own limit: it begins with a connection for the cancellation, which hangs as well, for its own limit.
            _checking = ExecuteAsync(CheckStatement);
            try { await _checking.WaitAsync(answerLimit, TimeProvider.System, CancellationToken.None).ConfigureAwait(false); }
            catch (TimeoutException late) { throw new NpgsqlException($"The session gave no sign of life within {answerLimit.TotalSeconds} s.", late); }
        }
    }

    /// <summary>Gives the lock up, if it has it, and tells those who wait. Behind a network that hangs, that comes when it does not hang any more; nobody
    /// waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        bool hangs = !_checking.IsCompleted;
        Task released = ReleaseAsync();
        if (!hangs) { await released.ConfigureAwait(false); }
    }

    private async Task ReleaseAsync()
    {
        await _checking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // A pooled connection keeps its session's locks until somebody else takes it from the pool.
            if (_holdsLock) { await ExecuteAsync($"SELECT pg_advisory_unlock({Key}), pg_notify('{Channel}', '')").ConfigureAwait(false); }

            await ExecuteAsync($"UNLISTEN {Channel}").ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException) { return; } // the server gives up what a lost session held
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

    private async Task ExecuteAsync(string statement)
    {
        NpgsqlCommand command = _connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
