namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Whose way of stopping a program is rehearsed.</summary>
internal enum OrchestratorKind
{
    /// <summary>A rolling update: the new instance first, traffic that goes on reaching the old one for a moment.</summary>
    Kubernetes,

    /// <summary><c>docker stop</c>, then the next container.</summary>
    Docker,

    /// <summary><c>systemctl restart</c>.</summary>
    Systemd,
}
