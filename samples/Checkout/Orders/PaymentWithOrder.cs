using Checkout.Payments;
using Checkout.Postgres;
using Npgsql;

namespace Checkout.Orders;

/// <summary>The payment is taken with the order.</summary>
internal sealed class PaymentWithOrder : ICommitWithOrder
{
    public Task WriteAsync(NpgsqlConnection connection, Order order, Payment payment, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "INSERT INTO payments (id, order_id, amount_cents) VALUES ($1, $2, $3)",
            [payment.Id, order.Id, payment.AmountCents], cancellationToken);
}
