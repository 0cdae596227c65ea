namespace Quiesce.Cli.Rehearse.Command;

/// <summary>What stands between the clients and the program.</summary>
internal enum BalancerKind
{
    /// <summary>Nothing: one address, one process after the other.</summary>
    None,

    /// <summary>An endpoint table that hears late that an instance leaves, as in Kubernetes.</summary>
    Kube,
}
