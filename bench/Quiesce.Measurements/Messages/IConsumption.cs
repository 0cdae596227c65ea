using RabbitMQ.Client;

namespace Quiesce.Measurements.Messages;

/// <summary>A way to take messages from a queue.</summary>
internal interface IConsumption
{
    /// <summary>Begins to take messages, one at a time, each acknowledged when the work on it is done. Ends with its connection.</summary>
    Task BeginAsync(IConnection connection, Work work);
}
