using Checkout.Postgres;
using Npgsql;

namespace Checkout.Shutdown.Clients;

/// <summary>A transaction of Npgsql's. Disposed without a commit, it rolls back.</summary>
internal sealed class PlainTransactions(NpgsqlDataSource dataSource) : ITransactions
{
    public async Task<TResult> TransactAsync<TResult>(
        string kind, Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        TResult result = await work(connection, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
