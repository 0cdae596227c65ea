using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>One replacement to be made.</summary>
/// <param name="Number">1 for the first deployment; 0 for a baseline's.</param>
/// <param name="Signal">What the leaving instance gets.</param>
/// <param name="Steady">Load before the signal.</param>
/// <param name="Faults">What goes wrong on purpose.</param>
internal sealed record DeploymentOrder(int Number, int Signal, TimeSpan Steady, FaultPlan Faults)
{
    /// <summary>Gets whether SIGKILL takes the place of the signal in a deployment. A baseline's is judged by nobody.</summary>
    public bool IsByKill => Signal == Signals.Kill && Number > 0;
}
