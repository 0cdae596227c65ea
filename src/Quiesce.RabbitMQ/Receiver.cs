using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Quiesce.RabbitMQ;

/// <summary>Takes deliveries on the client's own dispatch loops, and empties the client's buffer when it is told to.</summary>
/// <remarks>
/// A handler runs on the loop that brings its message: without a hop to another thread, as with a consumer of the client's own. But while every
/// loop is in a handler nobody reads the client's buffer, and nothing in it could be given back. So the channel has one loop more than handlers:
/// the one that brings consume-ok, which comes before the first delivery, is kept in reserve until <see cref="Empty"/>. No loop is kept longer than the
/// channel lives: the connection neither closes nor recovers before each of them has returned.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A handler that was left behind may still wait with its token; the source has no timer.")]
internal sealed class Receiver : AsyncDefaultBasicConsumer
{
    private readonly Func<RabbitMqMessage, Task> _onMessage;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _emptying = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Both replaced when the client has recovered the consumer on a new channel.
    private volatile TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CancellationTokenSource _lost = new();

    /// <param name="channel">The channel.</param>
    /// <param name="onMessage">Takes a message; completes when its loop may have the next, and never faults.</param>
    public Receiver(IChannel channel, Func<RabbitMqMessage, Task> onMessage)
        : base(channel)
    {
        _onMessage = onMessage;
        channel.ChannelShutdownAsync += (_, _) => _lost.CancelAsync(); // the token that a loop passes does not say it
    }

    /// <summary>Gets the number of dispatch loops that a channel needs for so many handlers.</summary>
    public static ushort LoopsFor(int concurrency) => (ushort)(Math.Clamp(concurrency, 1, RabbitMqConsumerOptions.MaxConcurrency) + 1);

    /// <summary>Completes when the consumer has its tag.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Completes when nothing is received any more: basic.cancel-ok passed through the client's buffer behind the last delivery, or the
    /// channel is gone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Lets go of the loop in reserve: the client passes everything on that it holds, whatever its other loops do.</summary>
    public void Empty() => _emptying.TrySetResult();

    public override async Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        if (_lost.IsCancellationRequested) { _lost = new CancellationTokenSource(); }

        if (_ended.Task.IsCompleted) { _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); }

        await base.HandleBasicConsumeOkAsync(consumerTag, cancellationToken).ConfigureAwait(false);
        _begun.TrySetResult();
        await _emptying.Task.WaitAsync(_lost.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <remarks>The client uses the body's memory again when this has returned, which is before the handler has ended if the channel is lost meanwhile. The
    /// properties it has decoded for this delivery alone.</remarks>
    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        Task taken = _onMessage(new RabbitMqMessage(body.ToArray(), properties, exchange, routingKey, redelivered) { DeliveryTag = deliveryTag });
        return taken.IsCompleted ? taken : UntilLostAsync(taken, _lost.Token);
    }

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

    private static async Task UntilLostAsync(Task taken, CancellationToken lost) =>
        await taken.WaitAsync(lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
