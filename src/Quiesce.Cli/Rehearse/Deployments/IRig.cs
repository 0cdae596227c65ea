using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The measuring half of a rehearsal: what sends the load, and what decides where it goes.</summary>
internal interface IRig
{
    IBalancer CreateBalancer(RehearseSettings settings);

    ILoad StartLoad(LoadOptions options, IBalancer balancer);
}
