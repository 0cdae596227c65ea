namespace Checkout.Sweeping;

/// <summary>How often the sweeper works, or tries to. Section <c>Sweeping</c>.</summary>
internal sealed class SweeperOptions
{
    /// <summary>Gets or sets how often an instance without the lock asks for it.</summary>
    /// <value>More than zero; default 500 ms. A file lock tells nobody that it is free, so asking is the only way.</value>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets how often the instance with the lock sweeps.</summary>
    /// <value>More than zero; default 1 s.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how many payments one sweep settles.</summary>
    /// <value>1 or more; default 500: a few milliseconds, so that orders do not wait behind a sweep.</value>
    public int BatchSize { get; set; } = 500;
}
