using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>The signals that ask a program to leave: those that an image, a unit or a manifest names as its stop signal.</summary>
/// <remarks>Not SIGKILL, which asks nobody (<c>--fault kill</c>), and not those that stop, continue or debug a program.</remarks>
internal enum StopSignal
{
    /// <summary>What Kubernetes, Docker and systemd send.</summary>
    Term = Signals.Term,

    /// <summary>Ctrl+C; PostgreSQL's fast shutdown.</summary>
    Int = Signals.Int,

    /// <summary>nginx's and PHP-FPM's graceful one.</summary>
    Quit = Signals.Quit,

    /// <summary>A terminal that is closed.</summary>
    Hup = Signals.Hup,

    /// <summary>HAProxy's soft stop.</summary>
    Usr1 = Signals.Usr1,

    /// <summary>Left to programs.</summary>
    Usr2 = Signals.Usr2,

    /// <summary>Apache's graceful stop; nginx's and Gunicorn's for workers.</summary>
    Winch = Signals.Winch,

    /// <summary>What LXC sends.</summary>
    Pwr = Signals.Pwr,

    /// <summary>What stops systemd in a container.</summary>
    RtMinPlus3 = Signals.RtMinPlus3,
}
