namespace Checkout.Payments;

/// <summary>What the payment provider agreed to.</summary>
internal sealed record Payment(string Id, int AmountCents);
