using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Quiesce.Measurements.Messages;

/// <summary>The client's own consumer, as its documentation shows it: one message at a time, acknowledged when it is done.</summary>
internal sealed class BareConsumption(ConnectionFactory factory, string queue) : IConsumption
{
    public const ushort Prefetch = 50;

    public async Task ConsumeAsync(int messages)
    {
        await using IConnection connection = await factory.CreateConnectionAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(prefetchSize: 0, Prefetch, global: false);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new Work(messages, all);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await work.DoAsync(delivery.Body);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await all.Task;
        await channel.CloseAsync(); // answered when the last acknowledgement has been seen
    }
}
