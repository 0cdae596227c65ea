using System.Text.Json;
using Checkout.Orders;

namespace Checkout.Payments;

/// <summary>The message that asks a worker to take the payment of an order.</summary>
internal sealed record PaymentRequest(Order Order, int AmountCents)
{
    public byte[] ToBody() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="JsonException">It is no such message.</exception>
    public static PaymentRequest Read(ReadOnlyMemory<byte> body) =>
        JsonSerializer.Deserialize<PaymentRequest>(body.Span) is { Order: { Id: not null, PaymentId: not null } } request
            ? request
            : throw new JsonException("The message names no order and no payment.");
}
