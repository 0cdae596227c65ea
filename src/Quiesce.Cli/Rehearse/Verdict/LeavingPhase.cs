namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>Where an instance stood on its way out, as seen from outside.</summary>
internal enum LeavingPhase
{
    /// <summary>It was never told to leave while the load ran, or no instance was chosen.</summary>
    NoStop,

    /// <summary>Not told yet.</summary>
    BeforeSignal,

    /// <summary>Between the signal and the closed listener.</summary>
    Leaving,

    /// <summary>The listener was closed, the process still there.</summary>
    AfterClose,

    /// <summary>The process was gone.</summary>
    AfterExit,
}
