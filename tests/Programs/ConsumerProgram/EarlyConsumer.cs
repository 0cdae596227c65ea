using System.Text;
using System.Threading.Channels;
using Quiesce;
using RabbitMQ.Client;

namespace ConsumerProgram;

/// <summary>The client's own consumer, which acknowledges a message before it is done. At SIGTERM it does what can be done: it stops receiving and works
/// off what it has, so that nothing but the acknowledgement sets it apart.</summary>
/// <param name="connection">To the broker; closed in Release.</param>
/// <param name="channel">On that connection.</param>
/// <param name="automatic">To the broker a message is done when it is sent; else it is acknowledged in the instant before it is begun.</param>
/// <param name="handle">Works on the message with this id.</param>
/// <param name="pool">What the handler uses.</param>
internal sealed class EarlyConsumer(IConnection connection, IChannel channel, bool automatic, Func<string, Task> handle, string pool)
    : AsyncDefaultBasicConsumer(channel), IShutdownParticipant
{
    private readonly Channel<(ulong Tag, string Id)> _received = System.Threading.Channels.Channel.CreateUnbounded<(ulong, string)>();
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _workers = Task.CompletedTask;

    public string Name => "early consumer";

    public IReadOnlyCollection<string> Uses { get; } = [pool];

    public async Task BeginAsync(string queue, int concurrency, ushort prefetch)
    {
        _workers = Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(WorkAsync)));
        await Channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false); // means nothing where acknowledgement is automatic
        await Channel.BasicConsumeAsync(queue, automatic, this);
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        _received.Writer.WriteAsync((deliveryTag, Encoding.UTF8.GetString(body.Span)), cancellationToken).AsTask();

    /// <summary>The last message has been received when the broker's answer to basic.cancel has come through behind it.</summary>
    public async Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        foreach (string tag in ConsumerTags) { await Channel.BasicCancelAsync(tag, noWait: false, cancellationToken); }

        await _cancelled.Task.WaitAsync(cancellationToken);
        _received.Writer.Complete();
    }

    public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => _workers.WaitAsync(cancellationToken);

    /// <summary>The broker answers the close of the channel when it has seen every acknowledgement.</summary>
    public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        await Channel.CloseAsync(cancellationToken);
        await connection.CloseAsync(cancellationToken);
    }

    protected override async Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
    {
        await base.OnCancelAsync(consumerTags, cancellationToken);
        _cancelled.TrySetResult();
    }

    private async Task WorkAsync()
    {
        await foreach ((ulong tag, string id) in _received.Reader.ReadAllAsync())
        {
            if (!automatic) { await Channel.BasicAckAsync(tag, multiple: false); }

            await handle(id);
        }
    }
}
