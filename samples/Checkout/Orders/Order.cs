namespace Checkout.Orders;

/// <summary>An order that has been paid.</summary>
/// <param name="Id">The idempotency key it was placed with.</param>
internal sealed record Order(string Id, string Item, int Quantity, string PaymentId, DateTimeOffset PlacedAt);
