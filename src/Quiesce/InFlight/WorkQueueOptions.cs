namespace Quiesce;

/// <summary>How a <see cref="WorkQueue{T}"/> works, and what it does with what the deadline catches.</summary>
/// <typeparam name="T">What waits in the queue.</typeparam>
public sealed class WorkQueueOptions<T>
{
    /// <summary>Gets or sets how many items may wait; beyond that, whoever adds one waits.</summary>
    /// <value>1 or more; default 1,000: a queue without a bound turns an overload into a loss.</value>
    public int Capacity { get; set; } = 1_000;

    /// <summary>Gets or sets how many items are worked on at a time.</summary>
    /// <value>1 or more; default 1.</value>
    public int Concurrency { get; set; } = 1;

    /// <summary>Gets or sets what the drain means for the items.</summary>
    /// <value>Default <see cref="DrainPolicy.Finish"/>: waiting items are worked off too. With <see cref="DrainPolicy.Cancel"/> they are handed back, and
    /// those that run are cancelled and then handed back.</value>
    public DrainPolicy Policy { get; set; }

    /// <summary>Gets or sets how an item goes back to where it came from.</summary>
    /// <value>Called at most once per item, and never for one that is done. Its token is cancelled when its share of the time is used up.
    /// <see langword="null"/>, the default: an item that the deadline catches is lost, and the report names it.</value>
    public Func<T, CancellationToken, Task>? HandBack { get; set; }

    /// <summary>Gets or sets the participants that the handler uses: the queue drains before them.</summary>
    /// <value>Names; empty by default. What adds items must say that it uses the queue; the web server does by itself.</value>
    public IReadOnlyCollection<string> Uses { get; set; } = [];
}
