namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>Decides which instance a <em>new</em> connection goes to. Established connections are never touched.</summary>
/// <remarks>Thread-safe: the load asks while the deployment changes the table.</remarks>
internal interface IBalancer
{
    /// <summary>The name on the command line: <c>none</c>, <c>kube</c>.</summary>
    string Name { get; }

    /// <summary>Chooses an instance, or <see langword="null"/> when there is none.</summary>
    Endpoint? Choose();

    /// <summary>The instance is ready and takes new connections from now on.</summary>
    void Add(Endpoint endpoint);

    /// <summary>The instance was told to stop. Returns once the balancer has noticed and offers it no more.</summary>
    Task RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken);
}
