namespace Quiesce;

/// <summary>The kinds of event that begin a shutdown.</summary>
public enum ShutdownTrigger
{
    /// <summary>A signal to the process: SIGTERM, SIGINT, SIGQUIT, SIGHUP.</summary>
    Signal,

    /// <summary>The program asked, by <see cref="GracefulShutdown.Request(string)"/> or through its service manager.</summary>
    Request,

    /// <summary>The host was stopped by somebody else. The process is not ours to end then.</summary>
    HostStopped,

    /// <summary>The program's own work was done.</summary>
    Finished,
}
