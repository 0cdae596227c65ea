using Checkout.Payments;
using Checkout.Postgres;
using Npgsql;

namespace Checkout.Orders;

/// <summary>Orders in PostgreSQL, each with its payment or with the message that asks for it.</summary>
internal sealed class PostgresOrderStore(ITransactions transactions, NpgsqlDataSource dataSource, ICommitWithOrder besides, TimeProvider time)
    : IOrderStore
{
    private const string Columns = "id, item, quantity, payment_id, placed_at";

    public Task<(Order Order, bool IsNew)> PlaceAsync(
        string id, NewOrder order, Payment payment, CancellationToken cancellationToken) =>
        transactions.TransactAsync("order", async (connection, stop) =>
        {
            Order placed = new(id, order.Item!, order.Quantity, payment.Id, Now());
            if (!await TryInsertAsync(connection, placed, stop)) { return ((await FindAsync(connection, id, stop))!, IsNew: false); }

            await besides.WriteAsync(connection, placed, payment, stop);
            return (placed, IsNew: true);
        }, cancellationToken);

    public async ValueTask<Order?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await FindAsync(connection, id, cancellationToken);
    }

    private static async Task<Order?> FindAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken) =>
        (await connection.QueryAsync($"SELECT {Columns} FROM orders WHERE id = $1", [id], Read, cancellationToken)).SingleOrDefault();

    /// <summary>Waits for a transaction that is inserting the same key, and sees what became of it.</summary>
    private static async Task<bool> TryInsertAsync(NpgsqlConnection connection, Order order, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"INSERT INTO orders ({Columns}) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
            [order.Id, order.Item, order.Quantity, order.PaymentId, order.PlacedAt], cancellationToken) == 1;

    private static Order Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4));

    /// <summary>Now, in whole microseconds as PostgreSQL keeps it: a repeated order gets the same answer to the last digit.</summary>
    private DateTimeOffset Now()
    {
        DateTimeOffset now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
