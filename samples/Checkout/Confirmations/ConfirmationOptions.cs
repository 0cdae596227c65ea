namespace Checkout.Confirmations;

/// <summary>How confirmations are batched. Section <c>Confirmations</c>.</summary>
internal sealed class ConfirmationOptions
{
    /// <summary>Gets or sets how long a batch may collect before it is written.</summary>
    /// <value>Zero or more; default 100 ms: one write then serves some twenty orders at 200 a second.</value>
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets how many confirmations may wait; beyond that, new orders wait with them.</summary>
    /// <value>1 or more; default 10,000.</value>
    public int QueueLimit { get; set; } = 10_000;
}
