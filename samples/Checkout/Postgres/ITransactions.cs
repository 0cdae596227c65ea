using Npgsql;

namespace Checkout.Postgres;

/// <summary>Transactions, as one way to leave runs them.</summary>
internal interface ITransactions
{
    /// <summary>Begins a transaction, does the work in it, and commits. Work that throws is rolled back; the commit is never cancelled.</summary>
    /// <param name="kind">What it is, for people. No ids.</param>
    /// <param name="work">The work, with the connection that the transaction runs on.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    Task<TResult> TransactAsync<TResult>(
        string kind, Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken);
}
