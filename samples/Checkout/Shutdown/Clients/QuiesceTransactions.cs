using Checkout.Postgres;
using Npgsql;
using Quiesce.PostgreSql;

namespace Checkout.Shutdown.Clients;

/// <summary>Each transaction is a unit of work: waited for, and rolled back and named if the deadline catches it.</summary>
internal sealed class QuiesceTransactions(PostgreSqlPool pool) : ITransactions
{
    public Task<TResult> TransactAsync<TResult>(
        string kind, Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken) =>
        pool.TransactAsync(kind, work, cancellationToken);
}
