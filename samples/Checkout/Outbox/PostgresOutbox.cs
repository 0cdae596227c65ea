using System.Runtime.CompilerServices;
using Checkout.Orders;
using Checkout.Payments;
using Checkout.Postgres;
using Npgsql;

namespace Checkout.Outbox;

/// <summary>The outbox in PostgreSQL: each message is committed with its order, and the commit wakes the relay, wherever it runs.</summary>
internal sealed class PostgresOutbox(ITransactions transactions, NpgsqlDataSource dataSource) : IOutbox, ICommitWithOrder
{
    public async Task WriteAsync(NpgsqlConnection connection, Order order, Payment payment, CancellationToken cancellationToken)
    {
        byte[] body = new PaymentRequest(order, payment.AmountCents).ToBody();
        await connection.ExecuteAsync("INSERT INTO outbox (order_id, body) VALUES ($1, $2)", [order.Id, body], cancellationToken);
        await connection.ExecuteAsync("NOTIFY outbox", [], cancellationToken); // sent by the commit, and not without it
    }

    public async Task<IReadOnlyList<OutboxMessage>> ReadAsync(int limit)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync();
        return await connection.QueryAsync(
            "SELECT number, order_id, body FROM outbox ORDER BY number LIMIT $1", [limit],
            static row => new OutboxMessage(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2)), CancellationToken.None);
    }

    // By number and not up to one: a transaction that is still under way may have taken a lower number.
    public Task RemoveAsync(IReadOnlyList<OutboxMessage> sent) => transactions.TransactAsync("outbox", (connection, stop) =>
        connection.ExecuteAsync(
            "DELETE FROM outbox WHERE number = ANY($1)", [sent.Select(static message => message.Number).ToArray()], stop), CancellationToken.None);

    /// <remarks>Listening takes a connection of its own, which is closed with the sequence.</remarks>
    public async IAsyncEnumerable<bool> WakeUpsAsync(TimeSpan interval, [EnumeratorCancellation] CancellationToken ending)
    {
        await using NpgsqlConnection listener = await dataSource.OpenConnectionAsync(CancellationToken.None);
        await listener.ExecuteAsync("LISTEN outbox", [], CancellationToken.None);

        bool? notified = false;
        while (notified is { } byCommit)
        {
            yield return byCommit;
            notified = await WaitAsync(listener, interval, ending);
        }
    }

    private static async Task<bool?> WaitAsync(NpgsqlConnection listener, TimeSpan interval, CancellationToken ending)
    {
        try { return await listener.WaitAsync(interval, ending); }
        catch (OperationCanceledException) when (ending.IsCancellationRequested) { return null; }
    }
}
