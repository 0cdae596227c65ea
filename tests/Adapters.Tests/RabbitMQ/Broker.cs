using System.Text;
using Adapters.Tests.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Adapters.Tests.RabbitMQ;

/// <summary>A queue of a test's own on the real broker, seen from outside the adapter, and a network to reach it by.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private static readonly byte[] _heartbeat = [8, 0, 0, 0, 0, 0, 0, 0xCE]; // a whole frame of AMQP 0-9-1

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private Broker(IConnection connection, IChannel channel, string queue, int port)
    {
        (_connection, _channel, Queue) = (connection, channel, queue);
        Network = new TcpProxy(port, _heartbeat, Trace.Add);
    }

    public string Queue { get; }

    public TcpProxy Network { get; }

    /// <summary>Gets what went through the network, if it was one connection.</summary>
    public AmqpTrace Trace { get; } = new();

    public static async Task<Broker> StartAsync(RabbitMqServer server)
    {
        IConnection connection = await server.ConnectAsync();
        IChannel channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        string queue = (await channel.QueueDeclareAsync("", durable: false, exclusive: false, autoDelete: false)).QueueName;
        return new Broker(connection, channel, queue, await server.PortAsync());
    }

    /// <summary>Connects as the service under test does: through the network.</summary>
    public Task<IConnection> ConnectAsync() => RabbitMqServer.Factory(Network.Port).CreateConnectionAsync();

    /// <summary>The same with a client that connects again by itself.</summary>
    public Task<IConnection> ConnectAndRecoverAsync()
    {
        ConnectionFactory factory = RabbitMqServer.Factory(Network.Port);
        (factory.AutomaticRecoveryEnabled, factory.NetworkRecoveryInterval) = (true, TimeSpan.FromMilliseconds(50));
        return factory.CreateConnectionAsync();
    }

    public async Task PublishAsync(params IEnumerable<string> ids)
    {
        foreach (string id in ids) { await _channel.BasicPublishAsync("", Queue, Encoding.UTF8.GetBytes(id)); }
    }

    public async Task PublishToAsync(string queue, string id) => await _channel.BasicPublishAsync("", queue, Encoding.UTF8.GetBytes(id));

    /// <summary>Makes a queue that is gone when its last consumer is.</summary>
    public Task DeclareAsync(string queue) => _channel.QueueDeclareAsync(queue, durable: false, exclusive: false, autoDelete: true);

    /// <summary>Makes a queue whose rejected messages come into the test's own.</summary>
    public async Task<string> DeclareWithDeadLettersAsync()
    {
        var arguments = new Dictionary<string, object?> { ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = Queue };
        return (await _channel.QueueDeclareAsync("", durable: false, exclusive: false, autoDelete: true, arguments)).QueueName;
    }

    /// <summary>Gets how many messages wait to be delivered.</summary>
    public async Task<uint> ReadyAsync() => (await _channel.QueueDeclarePassiveAsync(Queue)).MessageCount;

    /// <summary>Waits until nothing waits to be delivered.</summary>
    public Task EverythingDeliveredAsync()
    {
        return UntilNoneIsReadyAsync().OrHang();

        async Task UntilNoneIsReadyAsync()
        {
            while (await ReadyAsync() > 0) { }
        }
    }

    /// <summary>Takes so many messages as a successor would, and waits for them.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(int count)
    {
        List<string> taken = [];
        var all = Completion.New();
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            taken.Add(Encoding.UTF8.GetString(delivery.Body.Span));
            if (taken.Count == count) { all.SetResult(); }

            return Task.CompletedTask;
        };
        string tag = await _channel.BasicConsumeAsync(Queue, autoAck: true, consumer);
        await all.Task.OrHang();
        await _channel.BasicCancelAsync(tag);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        if (_channel.IsOpen) { await _channel.QueueDeleteAsync(Queue); } // a test may have killed the server

        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
