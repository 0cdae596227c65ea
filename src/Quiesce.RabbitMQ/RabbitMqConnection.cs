using RabbitMQ.Client;

namespace Quiesce.RabbitMQ;

/// <summary>A connection to RabbitMQ that leaves last: after its consumers and publishers, and after whoever says that it uses it.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class RabbitMqConnection : IShutdownParticipant
{
    private readonly GracefulShutdown _shutdown;
    private readonly IConnection _connection;

    internal RabbitMqConnection(GracefulShutdown shutdown, IConnection connection, string name) => (_shutdown, _connection, Name) = (shutdown, connection, name);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Begins to consume a queue, on a channel of its own.</summary>
    /// <param name="queue">The queue, which must exist.</param>
    /// <param name="handler">Works on one message, which is acknowledged when it returns. What it throws is logged, and the message goes where
    /// <see cref="RabbitMqConsumerOptions.RequeueFailed"/> says. Its token is cancelled when the message shall stop; a message that stops is requeued.
    /// At least once: a message may come again, so the handler must be safe to repeat.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="cancellationToken">Ends the attempt to begin.</param>
    /// <returns>The consumer, which has a part in the shutdown.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Prefetch or concurrency is out of range.</exception>
    /// <exception cref="ShutdownConfigurationException">The consumer's name is taken.</exception>
    public async Task<RabbitMqConsumer> ConsumeAsync(
        string queue, Func<RabbitMqMessage, CancellationToken, Task> handler, RabbitMqConsumerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        ArgumentNullException.ThrowIfNull(handler);

        options ??= new();
        IChannel channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: Receiver.LoopsFor(options.Concurrency)),
            cancellationToken).ConfigureAwait(false);
        RabbitMqConsumer? consumer = null;
        try
        {
            consumer = new RabbitMqConsumer(_shutdown, channel, this, queue, handler, options);
            _shutdown.Add(consumer);
            await consumer.BeginAsync(cancellationToken).ConfigureAwait(false);
            return consumer;
        }
        catch
        {
            // Not there yet, for example: whoever tries again needs its name.
            if (consumer is not null) { _shutdown.Remove(consumer); }

            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes a publisher whose confirms the shutdown waits for, on a channel of its own.</summary>
    /// <param name="name">Its name: whoever publishes through it says that it uses it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The publisher, which has a part in the shutdown.</returns>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public async Task<RabbitMqPublisher> CreatePublisherAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        IChannel channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken).ConfigureAwait(false);
        try
        {
            var publisher = new RabbitMqPublisher(_shutdown, channel, this, name);
            _shutdown.Add(publisher);
            return publisher;
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_connection.IsOpen) { await _connection.CloseAsync(Constants.ReplySuccess, "shut down", context.Remaining, abort: false, cancellationToken).ConfigureAwait(false); }
        else { context.Note("the connection was gone"); }
    }
}
