namespace Checkout.Shutdown;

/// <summary>Section <c>DelayedShutdown</c>.</summary>
internal sealed class DelayedShutdownOptions
{
    /// <summary>Gets or sets how long everything is still served after the signal.</summary>
    /// <value>Zero or more; default 5 s: balancers have usually heard of the leaving instance by then.</value>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);
}
