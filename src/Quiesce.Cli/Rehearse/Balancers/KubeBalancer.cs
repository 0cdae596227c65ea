namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>An endpoint table as kube-proxy keeps it: a random endpoint per new connection, late news of those that leave.</summary>
/// <remarks>
/// <para>kube-proxy picks a backend at random when a connection begins (https://kubernetes.io/docs/reference/networking/virtual-ips/,
/// "iptables proxy mode"). When a Pod is deleted, its processes get SIGTERM while its endpoint is still being taken out of the
/// EndpointSlices and then out of each node's rules: nothing makes one wait for the other
/// (https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/). That is the lag.</para>
/// <para>Rules are consulted when a connection begins, so those that exist stay with the leaving instance until somebody closes them;
/// here they do, because the load asks for new connections only.</para>
/// <para>Not modelled: the fallback to endpoints that are terminating but still serving, used when no ready one is left.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal sealed class KubeBalancer : IBalancer
{
    private readonly EndpointLag _lag;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<Endpoint> _table = [];
    private readonly Random _random;

    /// <summary>Creates an empty table.</summary>
    /// <exception cref="ArgumentException">The lags are negative or out of order.</exception>
    public KubeBalancer(KubeBalancerOptions options, TimeProvider time)
    {
        _lag = new EndpointLag(options.LagMin, options.LagMax, options.Seed);
        _time = time;
        _random = new Random(options.Seed);
    }

    /// <inheritdoc/>
    public string Name => "kube";

    /// <inheritdoc/>
    public Endpoint? Choose()
    {
        lock (_lock)
        {
            return _table.Count == 0 ? null : _table[_random.Next(_table.Count)];
        }
    }

    /// <inheritdoc/>
    public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_table.Contains(endpoint)) { _table.Add(endpoint); }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Cancellation leaves the endpoint in the table.</remarks>
    public async Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        await Task.Delay(_lag.Draw(), _time, cancellationToken);
        lock (_lock)
        {
            _table.Remove(endpoint);
        }

        return _time.GetTimestamp();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
