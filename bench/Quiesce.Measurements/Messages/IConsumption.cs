namespace Quiesce.Measurements.Messages;

/// <summary>A way to take messages from a queue.</summary>
internal interface IConsumption
{
    /// <summary>Takes and acknowledges so many messages, which wait in the queue, and closes its connection.</summary>
    Task ConsumeAsync(int messages);
}
