using RabbitMQ.Client;

namespace Quiesce.RabbitMQ;

/// <summary>A message as a consumer's handler sees it. It may be kept: nothing in it is reused.</summary>
/// <param name="Body">The payload.</param>
/// <param name="Properties">The properties the publisher set.</param>
/// <param name="Exchange">The exchange it came through.</param>
/// <param name="RoutingKey">The key it was routed by.</param>
/// <param name="Redelivered">Whether the broker has delivered it before: somebody may have done it already.</param>
public sealed record RabbitMqMessage(ReadOnlyMemory<byte> Body, IReadOnlyBasicProperties Properties, string Exchange, string RoutingKey, bool Redelivered)
{
    internal ulong DeliveryTag { get; init; }
}
