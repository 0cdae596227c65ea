using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Quiesce.RabbitMQ;

/// <summary>A consumer that leaves a queue without losing, repeating or stranding a message.</summary>
/// <remarks>
/// <list type="number">
/// <item>StopAccepting: basic.cancel, awaited; then what was fetched and not begun is requeued.</item>
/// <item>Drain: running messages end and are acknowledged. At the deadline they are cancelled, awaited, and requeued unless they are done.</item>
/// <item>Release: the channel is closed, which the broker answers when it has seen every acknowledgement.</item>
/// </list>
/// The connection, and its heartbeats, outlive all of that. Thread-safe.
/// </remarks>
public sealed class RabbitMqConsumer : IShutdownParticipant
{
    private readonly IChannel _channel;
    private readonly string _source;
    private readonly Func<RabbitMqMessage, CancellationToken, Task> _handler;
    private readonly RabbitMqConsumerOptions _options;
    private readonly IncomingWork<RabbitMqMessage> _messages;
    private readonly Receiver _receiver;
    private readonly int _prefetch;

    // The client's loops keep to the concurrency by themselves, but for one case: after a recovery new loops deliver while old handlers still run.
    private readonly Places _places;

    private long _redelivered;
    private long _unacknowledged;

    internal RabbitMqConsumer(
        GracefulShutdown shutdown, IChannel channel, RabbitMqConnection connection, string queue,
        Func<RabbitMqMessage, CancellationToken, Task> handler, RabbitMqConsumerOptions options)
    {
        _prefetch = options.Prefetch ?? Math.Min(options.Concurrency * 2, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Concurrency, RabbitMqConsumerOptions.MaxConcurrency, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_prefetch, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_prefetch, ushort.MaxValue, nameof(options));
        (_channel, _source, _handler, _options, Name) = (channel, queue, handler, options, options.Name ?? queue);
        Uses = [connection.Name, .. options.Uses];
        _receiver = new Receiver(channel, OnMessageAsync);
        _places = new Places(options.Concurrency);
        _messages = new IncomingWork<RabbitMqMessage>(shutdown, Name, HandleAsync, new() { Policy = options.Policy, HandBack = RequeueAsync });
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Uses { get; }

    /// <inheritdoc/>
    public async Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        // Step 1: receiving ends. Whatever was requeued before that would come straight back.
        bool ended = await TryCancelAsync(context, cancellationToken).ConfigureAwait(false);

        // Step 2: what was fetched and not begun goes back, at once; what comes late, too.
        await _messages.HandBackIncomingAsync(limit => EmptyAsync(context, ended, limit), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        await _messages.DrainAsync(context, cancellationToken).ConfigureAwait(false);
        Note(context, Interlocked.Read(ref _redelivered), "had been delivered before");
        Note(context, Interlocked.Read(ref _unacknowledged), "done, but the acknowledgement was lost: they will be delivered again");
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        if (_channel.IsOpen) { await _channel.CloseAsync(cancellationToken).ConfigureAwait(false); }
    }

    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _channel.BasicQosAsync(prefetchSize: 0, (ushort)_prefetch, global: false, cancellationToken).ConfigureAwait(false);
        await _channel.BasicConsumeAsync(_source, autoAck: false, _receiver, cancellationToken).ConfigureAwait(false);
        await _receiver.Begun.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Note(ShutdownContext context, long count, string what)
    {
        if (count > 0) { context.Note(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}")); }
    }

    /// <summary>Says to the broker that nothing more shall come. Returns whether it has agreed.</summary>
    private async Task<bool> TryCancelAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        try
        {
            // After a recovery the broker has given another tag; cancelled by the broker there is none.
            foreach (string tag in _receiver.ConsumerTags) { await _channel.BasicCancelAsync(tag, noWait: false, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false); }

            if (_channel.IsOpen) { return true; }

            context.Note("the channel was gone: the broker delivers again what was not acknowledged");
        }
        catch (OperationCanceledException) { context.Note("the broker did not answer basic.cancel in time"); }
        catch (Exception error) { context.Note($"basic.cancel failed ({error.GetType().Name}): the broker delivers again what was not acknowledged"); }

        return false;
    }

    private async Task EmptyAsync(ShutdownContext context, bool ended, CancellationToken cancellationToken)
    {
        // Nothing begins any more: who waits for a place may pass, and is sent back.
        _places.Free(ushort.MaxValue);
        _receiver.Empty();
        if (!ended) { return; }

        try { await _receiver.Ended.WaitAsync(cancellationToken).ConfigureAwait(false); }
        catch (OperationCanceledException) { context.Note("not everything that was fetched went back in time: the broker delivers it again once the channel is closed"); }
    }

    private Task OnMessageAsync(RabbitMqMessage message)
    {
        if (message.Redelivered) { Interlocked.Increment(ref _redelivered); }

        Task place = _places.TakeAsync();
        return place.IsCompletedSuccessfully ? InPlaceAsync(message) : WhenThereIsAPlaceAsync(place, message);
    }

    private Task InPlaceAsync(RabbitMqMessage message)
    {
        Task taken = _messages.TakeAsync(message);
        if (!taken.IsCompleted) { return UntilDoneAsync(taken); }

        _places.Free();
        return taken;
    }

    private async Task WhenThereIsAPlaceAsync(Task place, RabbitMqMessage message)
    {
        await place.ConfigureAwait(false);
        await InPlaceAsync(message).ConfigureAwait(false);
    }

    private async Task UntilDoneAsync(Task taken)
    {
        await taken.ConfigureAwait(false); // never faults
        _places.Free();
    }

    private async Task HandleAsync(RabbitMqMessage message, WorkLease lease, CancellationToken stop)
    {
        try
        {
            await _handler(message, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            if (lease.TryComplete()) { await SettleAsync(message, done: false).ConfigureAwait(false); }

            throw;
        }

        // Said before it is settled: at the deadline a message is acknowledged or requeued, and never both. An acknowledgement is never cancelled.
        if (lease.TryComplete()) { await SettleAsync(message, done: true).ConfigureAwait(false); }
    }

    private async Task SettleAsync(RabbitMqMessage message, bool done)
    {
        try
        {
            if (done) { await _channel.BasicAckAsync(message.DeliveryTag, multiple: false).ConfigureAwait(false); }
            else { await _channel.BasicNackAsync(message.DeliveryTag, multiple: false, _options.RequeueFailed).ConfigureAwait(false); }
        }
        catch (Exception error) when (error is OperationInterruptedException or IOException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _unacknowledged);
        }
    }

    /// <summary>Once the channel is gone there is nothing to do: the broker has taken back everything that was not acknowledged on it.</summary>
    private async Task RequeueAsync(RabbitMqMessage message, CancellationToken cancellationToken)
    {
        if (!_channel.IsOpen) { return; }

        try { await _channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, cancellationToken).ConfigureAwait(false); }
        catch (OperationInterruptedException) when (!_channel.IsOpen) { return; }
    }
}
