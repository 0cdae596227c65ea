namespace Checkout.RabbitMq;

/// <summary>Works on the messages of the queue, several at a time.</summary>
internal interface IMessageHandler
{
    /// <summary>Works on a message, which is acknowledged when that ends well, and delivered again when it does not.</summary>
    Task HandleAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
