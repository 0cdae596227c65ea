using Quiesce.RabbitMQ;
using RabbitMQ.Client;

namespace Quiesce;

/// <summary>Adds RabbitMQ to a shutdown.</summary>
public static class GracefulShutdownRabbitMqExtensions
{
    /// <summary>Takes a connection over: it stays open, heartbeats and all, until everything that was made of it is released, and is then closed.</summary>
    /// <param name="shutdown">The shutdown.</param>
    /// <param name="connection">The connection. Nobody else should close it.</param>
    /// <param name="name">Its name, for people and for <see cref="IShutdownParticipant.Uses"/>.</param>
    /// <returns>What consumers and publishers are made of.</returns>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public static RabbitMqConnection UseRabbitMq(this GracefulShutdown shutdown, IConnection connection, string name = "rabbitmq")
    {
        ArgumentNullException.ThrowIfNull(shutdown);
        ArgumentNullException.ThrowIfNull(connection);
        var participant = new RabbitMqConnection(shutdown, connection, name);
        shutdown.Add(participant);
        return participant;
    }
}
