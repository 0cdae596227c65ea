using Npgsql;

namespace Quiesce.PostgreSql;

/// <summary>The cancellation of whatever statement a process of the server runs. It takes a connection of the pool, so it may have to wait for one.</summary>
internal sealed class Cancellation
{
    // Never disposed: it has no timer, and who withdraws may come late.
    private readonly CancellationTokenSource _withdrawn;

    public Cancellation(NpgsqlDataSource dataSource, int process, CancellationToken limit)
    {
        _withdrawn = CancellationTokenSource.CreateLinkedTokenSource(limit);
        Sent = Task.Run(() => SendAsync(dataSource, process, limit), CancellationToken.None);
    }

    /// <summary>Gets a task that completes when the server has been told, or need not be told any more.</summary>
    public Task Sent { get; }

    /// <summary>The statement has ended by itself. Waits until the server will not be told any more.</summary>
    public async Task WithdrawAsync()
    {
        await _withdrawn.CancelAsync().ConfigureAwait(false);
        await Sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(NpgsqlDataSource dataSource, int process, CancellationToken limit)
    {
        NpgsqlCommand cancel = dataSource.CreateCommand("SELECT pg_cancel_backend($1)");
        await using (cancel.ConfigureAwait(false))
        {
            cancel.Parameters.Add(new NpgsqlParameter<int> { TypedValue = process });
            try { await cancel.ExecuteNonQueryAsync(_withdrawn.Token).ConfigureAwait(false); }
            catch (OperationCanceledException) when (_withdrawn.IsCancellationRequested && !limit.IsCancellationRequested) { return; }
        }
    }
}
