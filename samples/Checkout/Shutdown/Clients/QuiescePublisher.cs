using Checkout.Outbox;
using Checkout.RabbitMq;
using Quiesce;
using Quiesce.RabbitMQ;

namespace Checkout.Shutdown.Clients;

/// <summary>A publisher whose confirms the shutdown waits for.</summary>
internal sealed class QuiescePublisher(RabbitMqQueue queue, GracefulShutdown shutdown) : IMessagePublisher, IHostedService
{
    /// <summary>By this name whoever publishes says that it uses it.</summary>
    public const string Name = "payment requests";

    // Written by the start, before anybody publishes.
    private RabbitMqPublisher? _publisher;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RabbitMqConnection connection = shutdown.UseRabbitMq(await queue.ConnectAsync(cancellationToken));
        _publisher = await connection.CreatePublisherAsync(Name, cancellationToken);
    }

    public Task PublishAsync(OutboxMessage message) =>
        _publisher!.PublishAsync(exchange: "", queue.Name, message.Body, RabbitMqQueue.PropertiesOf(message.OrderId));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // closed when everybody who uses it is released
}
