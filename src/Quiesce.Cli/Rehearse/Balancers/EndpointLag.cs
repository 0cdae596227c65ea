namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>How late a balancer hears that an instance leaves: drawn anew each time, from a seed.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EndpointLag
{
    private readonly TimeSpan _min, _max;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Random _random;

    /// <exception cref="ArgumentException">The lags are negative or out of order.</exception>
    public EndpointLag(TimeSpan min, TimeSpan max, int seed)
    {
        if (min < TimeSpan.Zero || max < min)
        {
            throw new ArgumentException($"The lag of the endpoint table goes from {min} to {max}; use zero or more, the shorter one first.", nameof(max));
        }

        (_min, _max, _random) = (min, max, new Random(seed));
    }

    public TimeSpan Draw()
    {
        lock (_lock) { return _min + ((_max - _min) * _random.NextDouble()); }
    }
}
