namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>Decides which instance a <em>new</em> connection goes to. Established connections are never touched.</summary>
/// <remarks>Thread-safe: the load asks while the deployment changes the table.</remarks>
internal interface IBalancer : IAsyncDisposable
{
    /// <summary>The name on the command line: <c>none</c>, <c>kube</c>, <c>haproxy</c>, <c>nginx</c>.</summary>
    string Name { get; }

    /// <summary>Chooses where to connect, or <see langword="null"/> when there is no instance. A proxy is its own answer: it chooses behind
    /// its address, and <see cref="Find"/> tells afterwards.</summary>
    Endpoint? Choose();

    /// <summary>Which instance a proxy named in its answer; <see langword="null"/> if it named none.</summary>
    Endpoint? Find(string server) => null;

    /// <summary>The instance is ready. Returns once it gets new connections.</summary>
    /// <exception cref="QuiesceException">The balancer does not do its part.</exception>
    Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken);

    /// <summary>The instance was told to stop. Returns once the balancer has noticed and offers it no more.</summary>
    /// <returns>The timestamp of the detection; <see langword="null"/> when nobody is there who could notice.</returns>
    /// <exception cref="QuiesceException">The balancer does not do its part.</exception>
    Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken);

    /// <summary>The instance's process is gone, and the balancer has noticed. What it still keeps of it can go.</summary>
    Task ForgetAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.CompletedTask;
}
