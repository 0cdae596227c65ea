using Quiesce.Cli.Rehearse.Deployments;

namespace Quiesce.Cli.Rehearse.Beside;

/// <summary>Deploys the beside services with the program: theirs are ready before its, and leave at the moment in which its instance does.</summary>
/// <remarks>That moment is <see cref="InstanceStopper"/>'s. How long they take is waited for last, so that they hold up nothing of the program's.</remarks>
internal sealed class BesideDeployer(IDeployer program, BesideServices beside, IRehearsalProgress progress) : IDeployer
{
    public IReadOnlyList<Instance> Running => program.Running;

    public async Task StartFirstAsync(CancellationToken cancellationToken)
    {
        await beside.StartNextAsync(cancellationToken);
        await program.StartFirstAsync(cancellationToken);
    }

    public async Task<Stop> ReplaceAsync(DeploymentOrder order, CancellationToken cancellationToken)
    {
        progress.Phase("the new instances of the beside services start");
        await beside.StartNextAsync(cancellationToken);
        Stop stop = await program.ReplaceAsync(order, cancellationToken);
        progress.Phase("the old instances of the beside services leave");
        return stop with { Beside = await beside.Left };
    }
}
