using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Quiesce.Measurements.Messages;

/// <summary>The client's own consumer, as its documentation shows it: one message at a time, acknowledged when it is done.</summary>
internal sealed class BareConsumption(string queue) : IConsumption
{
    /// <summary>From the middle of what RabbitMQ's documentation recommends (100 to 300): the consumer is what is busy, and not the way to the broker.</summary>
    public const ushort Prefetch = 200;

    public async Task BeginAsync(IConnection connection, Work work)
    {
        IChannel channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(prefetchSize: 0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await work.DoAsync(delivery.Body);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }
}
