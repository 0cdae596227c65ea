namespace Checkout.Orders;

/// <summary>What the payment provider agreed to.</summary>
internal sealed record Payment(string Id, int AmountCents);
