using Checkout.Outbox;
using Checkout.RabbitMq;
using RabbitMQ.Client;

namespace Checkout.Shutdown.Clients;

/// <summary>A channel with publisher confirms, open from the start of the host to its stop.</summary>
internal sealed class PlainPublisher(RabbitMqQueue queue) : IMessagePublisher, IHostedService
{
    private static readonly CreateChannelOptions _confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    // Written by the start, before anybody publishes.
    private IConnection? _connection;
    private IChannel? _channel;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _connection = await queue.ConnectAsync(cancellationToken);
        _channel = await _connection.CreateChannelAsync(_confirmed, cancellationToken);
    }

    public async Task PublishAsync(OutboxMessage message) =>
        await _channel!.BasicPublishAsync("", queue.Name, mandatory: true, RabbitMqQueue.PropertiesOf(message.OrderId), message.Body);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_channel is not null) { await _channel.DisposeAsync(); }
        if (_connection is not null) { await _connection.DisposeAsync(); }
    }
}
