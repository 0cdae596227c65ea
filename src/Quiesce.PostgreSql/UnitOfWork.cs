using System.Data;
using System.Data.Common;
using Npgsql;

namespace Quiesce.PostgreSql;

/// <summary>One transaction from its connection to its outcome: committed, rolled back, or unknown.</summary>
/// <remarks>
/// begun → committing → committed, or unknown if the connection is lost; begun → rolled back. From begun to committing leads the lease's
/// <see cref="WorkLease.TryComplete"/>: whichever comes first, it or the hand-back at the drain's deadline, decides, so that nothing is committed
/// that was reported as handed back.
/// </remarks>
internal sealed class UnitOfWork(string kind, NpgsqlDataSource dataSource, TransactionCounts counts)
{
    private readonly Lock _lock = new();

    // Guarded by _lock. The server's process while the work runs on it, else 0; and the cancellation that is under way to it.
    private int _serverProcess;
    private Cancellation? _cancellation;

    /// <summary>Does the work, and commits.</summary>
    /// <param name="lease">The unit.</param>
    /// <param name="work">The work.</param>
    /// <param name="stop">Cancels the work.</param>
    public async Task<TResult> RunAsync<TResult>(WorkLease lease, Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken stop)
    {
        NpgsqlConnection connection = await dataSource.OpenConnectionAsync(stop).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // Disposing of an open transaction rolls it back; if the connection is gone the server has done so, or will when it hears of it.
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(stop).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                TResult result = await WorkAsync(connection, work, stop).ConfigureAwait(false);

                // Said before it is done: from here on it cannot be handed back, and nothing cancels it.
                if (!lease.TryComplete()) { throw new OperationCanceledException($"'{kind}' came to its end after the drain's deadline, and is rolled back.", stop); }

                await CommitAsync(connection, transaction).ConfigureAwait(false);
                return result;
            }
        }
    }

    /// <summary>The hand-back: what was caught is rolled back by its own end. If it does not end, the statement it waits for is cancelled on the
    /// server, which fails it; closing a connection would not (npgsql/npgsql#1606).</summary>
    public Task CancelOnServerAsync(CancellationToken cancellationToken)
    {
        counts.CountCaught();
        lock (_lock)
        {
            if (_serverProcess == 0) { return Task.CompletedTask; }

            _cancellation = new Cancellation(dataSource, _serverProcess, cancellationToken);
            return _cancellation.Sent;
        }
    }

    private async Task<TResult> WorkAsync<TResult>(NpgsqlConnection connection, Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken stop)
    {
        lock (_lock) { _serverProcess = connection.ProcessID; }

        try { return await work(connection, stop).ConfigureAwait(false); }
        finally
        {
            // Before the connection goes back to the pool: a cancellation that is still under way would end its next user's statement, or commit.
            if (LeaveServer() is { } cancellation) { await cancellation.WithdrawAsync().ConfigureAwait(false); }
        }
    }

    private Cancellation? LeaveServer()
    {
        lock (_lock)
        {
            _serverProcess = 0;
            return _cancellation;
        }
    }

    private async Task CommitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        // Known to be gone before anything was sent: nothing took place.
        if (!connection.FullState.HasFlag(ConnectionState.Open)) { throw new NpgsqlException($"The connection was lost before the commit of '{kind}' was sent: it is rolled back."); }

        try { await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false); }
        catch (Exception lost) when (lost is DbException and not PostgresException or IOException or ObjectDisposedException)
        {
            counts.CountUnknown();
            throw new CommitOutcomeUnknownException(kind, lost);
        }
    }
}
