namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>No balancer at all: clients know one address, and go on using it while its process leaves.</summary>
/// <remarks>Thread-safe. Removing does nothing, because nobody stands in front of the process who could; the next instance takes over
/// when it is added.</remarks>
internal sealed class DirectBalancer : IBalancer
{
    public const string BalancerName = "none";

    // Written by the deployment, read by the load.
    private volatile Endpoint? _current;

    /// <inheritdoc/>
    public string Name => BalancerName;

    /// <inheritdoc/>
    public Endpoint? Choose() => _current;

    /// <inheritdoc/>
    public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        _current = endpoint;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
