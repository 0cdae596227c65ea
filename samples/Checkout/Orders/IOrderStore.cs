using Checkout.Payments;

namespace Checkout.Orders;

/// <summary>Where orders are kept. Safe from any thread.</summary>
internal interface IOrderStore
{
    /// <summary>Writes the order, and what must not be missing beside it, in one transaction, unless the key is known.</summary>
    /// <returns>The order as it stands, and whether this call has written it.</returns>
    Task<(Order Order, bool IsNew)> PlaceAsync(string id, NewOrder order, Payment payment, CancellationToken cancellationToken);

    ValueTask<Order?> FindAsync(string id, CancellationToken cancellationToken);
}
