namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Keeps as many instances running as are wanted, and replaces the oldest of them by a new one.</summary>
internal interface IDeployer
{
    /// <summary>The instances that run now, oldest first.</summary>
    IReadOnlyList<Instance> Running { get; }

    /// <summary>Starts the very first instances.</summary>
    Task StartFirstAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the oldest instance; returns how it left, once its successor is ready.</summary>
    /// <param name="order">What to send, when, and for which deployment.</param>
    /// <param name="cancellationToken">Leaves all instances as they are.</param>
    Task<Stop> ReplaceAsync(DeploymentOrder order, CancellationToken cancellationToken);
}
