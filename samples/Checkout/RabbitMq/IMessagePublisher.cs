using Checkout.Outbox;

namespace Checkout.RabbitMq;

/// <summary>Sends messages to the queue of the workers, as one way to leave does it. Safe from any thread.</summary>
internal interface IMessagePublisher
{
    /// <summary>Sends a message, and waits until the broker has taken it over.</summary>
    Task PublishAsync(OutboxMessage message);
}
