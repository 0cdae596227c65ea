namespace Quiesce.Testing;

/// <summary>Who ended a process.</summary>
public enum ProcessExitCause
{
    /// <summary>The service, when it was done.</summary>
    ByItself,

    /// <summary>Quiesce: shortly before the end of the grace that it knows of, or because a person asked for the third time.</summary>
    ForcedByQuiesce,

    /// <summary>The orchestrator, by SIGKILL: its grace is shorter than the one the service was told, or than what the service needs.</summary>
    KilledByOrchestrator,
}
