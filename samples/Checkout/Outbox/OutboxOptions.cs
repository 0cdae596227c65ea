namespace Checkout.Outbox;

/// <summary>How the outbox is relayed. Section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    /// <summary>Gets or sets how many messages are sent together, and then removed in one transaction.</summary>
    /// <value>1 or more; default 100: one transaction then serves half a second of 200 orders, and the client lets 128 be unconfirmed.</value>
    public int BatchSize { get; set; } = 100;

    /// <summary>Gets or sets how long a message may wait unnoticed.</summary>
    /// <value>More than zero; default 1 s. PostgreSQL wakes the relay at each commit; but a notification that is lost with its connection
    /// does not come again, and this is what an order then waits.</value>
    public TimeSpan FallbackInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long the relay waits after a failure.</summary>
    /// <value>More than zero; default 1 s: the broker or the server has just gone, and comes back in seconds if at all.</value>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(1);
}
