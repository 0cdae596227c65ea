using Checkout.Payments;
using Npgsql;

namespace Checkout.Orders;

/// <summary>What is committed with an order, so that the one is never there without the other.</summary>
internal interface ICommitWithOrder
{
    Task WriteAsync(NpgsqlConnection connection, Order order, Payment payment, CancellationToken cancellationToken);
}
