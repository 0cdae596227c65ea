namespace Checkout.Payments;

/// <summary>How long the simulated payment provider takes. Section <c>Payments</c>.</summary>
internal sealed class PaymentOptions
{
    /// <summary>Gets or sets the shortest answer time.</summary>
    /// <value>More than zero, at most <see cref="Slowest"/>; default 5 ms.</value>
    public TimeSpan Fastest { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Gets or sets the longest answer time.</summary>
    /// <value>Default 1.5 s.</value>
    public TimeSpan Slowest { get; set; } = TimeSpan.FromSeconds(1.5);
}
