namespace Quiesce;

/// <summary>How a <see cref="WorkQueue{T}"/> works, and what it does with what the deadline catches.</summary>
/// <typeparam name="T">What waits in the queue.</typeparam>
public sealed class WorkQueueOptions<T> : IncomingWorkOptions<T>
{
    /// <summary>Gets or sets how many items may wait; beyond that, whoever adds one waits.</summary>
    /// <value>1 or more; default 1,000: a queue without a bound turns an overload into a loss.</value>
    public int Capacity { get; set; } = 1_000;

    /// <summary>Gets or sets how many items are worked on at a time.</summary>
    /// <value>1 or more; default 1.</value>
    public int Concurrency { get; set; } = 1;
}
