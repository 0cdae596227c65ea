namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Replaces the running instance by a new one.</summary>
internal interface IDeployer
{
    /// <summary>Starts the very first instance.</summary>
    Task<Instance> StartFirstAsync(CancellationToken cancellationToken);

    /// <summary>Replaces <paramref name="current"/>; returns its successor, ready, and how it left.</summary>
    /// <param name="current">The running instance.</param>
    /// <param name="order">What to send, when, and for which deployment.</param>
    /// <param name="cancellationToken">Leaves both instances as they are.</param>
    Task<(Instance Next, Stop Stop)> ReplaceAsync(Instance current, DeploymentOrder order, CancellationToken cancellationToken);
}
