using Checkout.RabbitMq;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Checkout.Shutdown.Clients;

/// <summary>Consumes with acknowledgements after the work, and closes the channel at the stop.</summary>
/// <remarks>
/// As the client's tutorial has it. What is running when the channel closes is delivered again, to somebody else; and the client goes
/// on feeding its handlers what it has fetched. https://www.rabbitmq.com/tutorials/tutorial-two-dotnet
/// </remarks>
internal sealed partial class PlainConsumer(
    RabbitMqQueue queue, IMessageHandler handler, IOptions<WorkerOptions> options, ILogger<PlainConsumer> logger) : IHostedService
{
    private readonly ushort _concurrency = (ushort)options.Value.Concurrency;

    // Written by the start.
    private IConnection? _connection;
    private IChannel? _channel;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _connection = await queue.ConnectAsync(cancellationToken);
        _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: _concurrency),
            cancellationToken);
        await _channel.BasicQosAsync(prefetchSize: 0, (ushort)(2 * _concurrency), global: false, cancellationToken);

        AsyncEventingBasicConsumer consumer = new(_channel);
        consumer.ReceivedAsync += OnReceivedAsync;
        await _channel.BasicConsumeAsync(queue.Name, autoAck: false, consumer, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_channel is not null) { await _channel.DisposeAsync(); }
        if (_connection is not null) { await _connection.DisposeAsync(); }
    }

    private async Task OnReceivedAsync(object sender, BasicDeliverEventArgs delivery)
    {
        try
        {
            await handler.HandleAsync(delivery.Body, delivery.CancellationToken);
            await _channel!.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        }
        catch (Exception error)
        {
            LogFailed(error);
            if (_channel!.IsOpen) { await _channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true); }
        }
    }

    [LoggerMessage(EventId = 71, Level = LogLevel.Warning, Message = "A payment was not taken; its message comes again.")]
    private partial void LogFailed(Exception exception);
}
