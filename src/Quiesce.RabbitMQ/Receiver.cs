using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Quiesce.RabbitMQ;

/// <summary>Takes deliveries in the order in which the broker sent them, and knows when the last one has come.</summary>
internal sealed class Receiver(IChannel channel, Func<RabbitMqMessage, Task> onMessage) : AsyncDefaultBasicConsumer(channel)
{
    // Replaced when the client has recovered the consumer on a new connection.
    private volatile TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when nothing is received any more: basic.cancel-ok passed through the client's buffer behind the last delivery, or the
    /// channel is gone.</summary>
    public Task Ended => _ended.Task;

    public override Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        if (_ended.Task.IsCompleted) { _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); }

        return base.HandleBasicConsumeOkAsync(consumerTag, cancellationToken);
    }

    /// <remarks>The client uses the body's memory again when this has returned; the properties it has decoded for this delivery alone.</remarks>
    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        onMessage(new RabbitMqMessage(body.ToArray(), properties, exchange, routingKey, redelivered) { DeliveryTag = deliveryTag });

    public override async Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        await base.HandleChannelShutdownAsync(channel, reason).ConfigureAwait(false);
        _ended.TrySetResult();
    }

    protected override async Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
    {
        await base.OnCancelAsync(consumerTags, cancellationToken).ConfigureAwait(false);
        _ended.TrySetResult();
    }
}
