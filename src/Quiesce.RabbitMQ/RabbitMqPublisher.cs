using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Quiesce.RabbitMQ;

/// <summary>Publishes with confirms, and is not closed before the last one has come.</summary>
/// <remarks>It publishes until everybody who says that it uses it has drained. Thread-safe.</remarks>
public sealed class RabbitMqPublisher : IShutdownParticipant
{
    private readonly IChannel _channel;
    private readonly WorkTracker _outstanding;
    private readonly string _kind;
    private long _unknown;

    internal RabbitMqPublisher(GracefulShutdown shutdown, IChannel channel, RabbitMqConnection connection, string name)
    {
        (_channel, Name, Uses, _kind) = (channel, name, [connection.Name], $"publish ({name})");
        _outstanding = new WorkTracker(shutdown);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Uses { get; }

    /// <summary>Publishes a message, and waits until the broker has confirmed it.</summary>
    /// <param name="exchange">The exchange; empty for the default one, which routes to the queue named by the key.</param>
    /// <param name="routingKey">The key.</param>
    /// <param name="body">The payload.</param>
    /// <param name="properties">Its properties; <see langword="null"/> for a persistent message without any.</param>
    /// <param name="cancellationToken">Ends the wait. Whether the broker has the message is then unknown.</param>
    /// <returns>A task that completes when the broker has taken the message over.</returns>
    /// <exception cref="InvalidOperationException">The publisher has drained; nothing was sent.</exception>
    /// <exception cref="PublishException">The broker refused the message, or no queue takes it: it is nowhere.</exception>
    /// <exception cref="OperationInterruptedException">The connection was lost before the confirm came: unknown, and reported as such.</exception>
    public async Task PublishAsync(
        string exchange, string routingKey, ReadOnlyMemory<byte> body, BasicProperties? properties = null, CancellationToken cancellationToken = default)
    {
        if (!_outstanding.TryBegin(_kind, out WorkLease lease))
        {
            throw new InvalidOperationException($"'{Name}' has drained; nothing was sent. Whoever publishes through it must say that it uses '{Name}'.");
        }

        using (lease)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool mayBeSent = _channel.IsOpen; // the client throws the same for a channel that was closed and for one that closes before the confirm
            try
            {
                await _channel.BasicPublishAsync(
                    exchange, routingKey, mandatory: true, properties ?? new() { Persistent = true }, body, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (mayBeSent && error is not PublishException)
            {
                Interlocked.Increment(ref _unknown);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        using CancellationTokenRegistration late = cancellationToken.UnsafeRegister(
            _ => context.Note(string.Create(CultureInfo.InvariantCulture, $"{_outstanding.InFlight} messages were not confirmed by the deadline: unknown")), null);
        await _outstanding.DrainAsync().ConfigureAwait(false);
        long unknown = Interlocked.Read(ref _unknown);
        if (unknown > 0) { context.Note(string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} messages were sent and never confirmed: unknown")); }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        if (_channel.IsOpen) { await _channel.CloseAsync(cancellationToken).ConfigureAwait(false); }
    }
}
