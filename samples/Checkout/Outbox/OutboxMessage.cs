namespace Checkout.Outbox;

/// <summary>A message that was committed with an order and waits to be sent.</summary>
/// <param name="Number">Its place in the outbox.</param>
/// <param name="OrderId">The order, which is the message's id as well: whoever gets it twice can know.</param>
/// <param name="Body">What is sent.</param>
internal sealed record OutboxMessage(long Number, string OrderId, ReadOnlyMemory<byte> Body);
