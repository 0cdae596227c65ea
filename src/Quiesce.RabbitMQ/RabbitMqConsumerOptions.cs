namespace Quiesce.RabbitMQ;

/// <summary>How a queue is consumed.</summary>
public sealed class RabbitMqConsumerOptions
{
    internal const int MaxConcurrency = ushort.MaxValue - 1; // the client counts its loops in 16 bits, and one is in reserve

    /// <summary>Gets or sets the consumer's name, for people and for relations.</summary>
    /// <value><see langword="null"/>, the default, means the queue's name.</value>
    public string? Name { get; set; }

    /// <summary>Gets or sets how many messages are worked on at a time.</summary>
    /// <value>1 to 65,534; default 1, which is in the order of the queue.</value>
    public int Concurrency { get; set; } = 1;

    /// <summary>Gets or sets how many messages the broker sends ahead, running ones included.</summary>
    /// <value>1 to 65,535. <see langword="null"/>, the default, means twice the concurrency: enough for a worker never to wait, little to give back.</value>
    public int? Prefetch { get; set; }

    /// <summary>Gets or sets what the drain means for messages that run.</summary>
    /// <value>Default <see cref="DrainPolicy.Finish"/>. What was not begun goes back in any case.</value>
    public DrainPolicy Policy { get; set; }

    /// <summary>Gets or sets a value indicating whether a message whose handler throws is requeued, instead of being rejected.</summary>
    /// <value>Default <see langword="true"/>: nothing is lost. A message that always fails then comes again for ever: give the queue a delivery limit, or a
    /// dead-letter exchange and set this to <see langword="false"/>.</value>
    public bool RequeueFailed { get; set; } = true;

    /// <summary>Gets or sets the participants that the handler uses, such as a pool or a publisher: they drain and are released after the consumer.</summary>
    /// <value>Names; empty by default.</value>
    public IReadOnlyCollection<string> Uses { get; set; } = [];
}
