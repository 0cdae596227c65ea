using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Checkout.RabbitMq;

/// <summary>The queue between web and workers: <c>ConnectionStrings:RabbitMQ</c> says where. It holds the password, so it is never quoted.</summary>
internal sealed class RabbitMqQueue
{
    private const string ConnectionName = "ConnectionStrings:RabbitMQ";
    private const string Example = "for example in the environment: ConnectionStrings__RabbitMQ='amqp://shop:...@127.0.0.1:5672/'.";

    private readonly ConnectionFactory _factory;

    private RabbitMqQueue(ConnectionFactory factory, string name) => (_factory, Name) = (factory, name);

    /// <summary>Gets the queue's name. <c>Queue:Name</c> gives it another one, so that two shops can share a broker.</summary>
    public string Name { get; }

    /// <exception cref="UsageException">Where the broker is, is missing or unreadable.</exception>
    public static RabbitMqQueue Read(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("RabbitMQ") is not { Length: > 0 } text)
        {
            throw new UsageException($"'--queue rabbitmq' needs to know where RabbitMQ is: set {ConnectionName}, {Example}");
        }

        try
        {
            ConnectionFactory factory = new() { Uri = new Uri(text), ClientProvidedName = "checkout" };
            return new RabbitMqQueue(factory, configuration["Queue:Name"] ?? "checkout.payments");
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new UsageException(
                $"{ConnectionName} is no address that RabbitMQ's client can read. Write it as amqp://USER:PASSWORD@HOST:PORT/VHOST, {Example}");
        }
    }

    /// <summary>Connects, and creates the queue if it is missing. It outlives a restart of the broker, and so do its messages.</summary>
    /// <exception cref="UsageException">The broker cannot be used.</exception>
    public Task<IConnection> ConnectAsync(CancellationToken cancellationToken) => OrUnusableAsync(async () =>
    {
        IConnection connection = await _factory.CreateConnectionAsync(cancellationToken);
        await using IChannel channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        return connection;
    });

    /// <summary>How many messages wait in the queue.</summary>
    /// <exception cref="UsageException">The broker cannot be used, or there is no such queue.</exception>
    public Task<uint> CountAsync(CancellationToken cancellationToken) => OrUnusableAsync(async () =>
    {
        await using IConnection connection = await _factory.CreateConnectionAsync(cancellationToken);
        await using IChannel channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        return (await channel.QueueDeclarePassiveAsync(Name, cancellationToken)).MessageCount;
    });

    /// <summary>How a message goes out: kept by the broker on its disk, with the order's id for whoever wants to tell doubles.</summary>
    public static BasicProperties PropertiesOf(string orderId) =>
        new() { Persistent = true, MessageId = orderId, ContentType = "application/json" };

    private async Task<T> OrUnusableAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (Exception error) when (error is BrokerUnreachableException or OperationInterruptedException or SocketException)
        {
            throw new UsageException(
                $"RabbitMQ at {_factory.HostName}:{_factory.Port} cannot be used: {UsageException.ReasonOf(error)}. " +
                $"Start it, or correct {ConnectionName}.");
        }
    }
}
