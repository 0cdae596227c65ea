namespace Quiesce.Cli.Rehearse.Command;

/// <summary>What stands between the clients and the program.</summary>
internal enum BalancerKind
{
    /// <summary>Nothing: one address, one process after the other.</summary>
    None,

    /// <summary>An endpoint table that hears late that an instance leaves, as in Kubernetes.</summary>
    Kube,

    /// <summary>The real HAProxy, which learns from its health checks.</summary>
    Haproxy,

    /// <summary>The real nginx, whose controller hears late that an instance leaves.</summary>
    Nginx,
}
