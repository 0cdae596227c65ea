using Checkout.Postgres;

namespace Checkout.Payments;

/// <summary>The book in PostgreSQL. One transaction per order; <c>handled</c> knows the orders that are in it.</summary>
internal sealed class PostgresPaymentBook(ITransactions transactions, TimeProvider time) : IPaymentBook
{
    public Task<bool> TryEnterAsync(PaymentRequest request, CancellationToken cancellationToken) =>
        transactions.TransactAsync("payment", async (connection, stop) =>
        {
            // First of all: a double that runs at the same time waits here, until it is known what became of the other.
            string id = request.Order.Id;
            DateTimeOffset now = time.GetUtcNow();
            bool isNew = await connection.ExecuteAsync(
                "INSERT INTO handled (order_id, handled_at) VALUES ($1, $2) ON CONFLICT (order_id) DO NOTHING", [id, now], stop) == 1;
            if (!isNew) { return false; }

            await connection.ExecuteAsync(
                "INSERT INTO payments (id, order_id, amount_cents) VALUES ($1, $2, $3)",
                [request.Order.PaymentId, id, request.AmountCents], stop);
            await connection.ExecuteAsync("INSERT INTO confirmations (order_id, confirmed_at) VALUES ($1, $2)", [id, now], stop);
            return true;
        }, cancellationToken);
}
