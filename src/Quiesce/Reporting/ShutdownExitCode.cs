namespace Quiesce;

/// <summary>The exit codes of a process that Quiesce stopped. They are part of the interface: scripts may rely on them.</summary>
/// <remarks>A further signal that forces the end gives 128 plus the signal's number, as a shell reports it.</remarks>
public static class ShutdownExitCode
{
    /// <summary>Everything drained and was released in time.</summary>
    public const int Clean = 0;

    /// <summary>The program itself failed with an unhandled exception.</summary>
    public const int ProgramFailed = 1;

    /// <summary>Work was still in flight at the drain's deadline, or a participant could not drain.</summary>
    public const int WorkAbandoned = 80;

    /// <summary>All work was done, but something could not be closed, released or flushed.</summary>
    public const int ReleaseFailed = 81;

    /// <summary>The process was still there at the deadline and was ended by the watchdog.</summary>
    public const int DeadlineEnforced = 82;

    /// <summary>The start-up was refused, or a signal came and it did not end in time.</summary>
    public const int StartupAborted = 83;

    /// <summary>What the runtime reports on Linux for an exception that nobody caught (128 plus SIGABRT).</summary>
    internal const int Crashed = 128 + 6;

    /// <summary>Of two codes the one that says more: what ended by force, lost work, what was not released, a program that failed and left nothing
    /// behind.</summary>
    internal static int Weightier(int left, int right) => Weight(left) >= Weight(right) ? left : right;

    private static int Weight(int exitCode) => exitCode switch
    {
        Clean => 0,
        ProgramFailed => 1,
        ReleaseFailed => 2,
        WorkAbandoned => 3,
        _ => 4,
    };
}
