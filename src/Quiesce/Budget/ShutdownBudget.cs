namespace Quiesce;

/// <summary>One grace, shared out backwards from its end.</summary>
/// <remarks>
/// <code>
/// signal                                                          SIGKILL
///   |&lt;-------------------------- grace -----------------------------&gt;|
///   |&lt;---------------------- budget ------------------------&gt;| margin |
///   |&lt;------- drain window --------&gt;| hand back |  release   |
///   |  announce  |  drain           |           |  reserve   |
///                                 cut        drain end     budget end
/// </code>
/// All instants are measured from the signal. Time that a step does not use flows on to the next.
/// </remarks>
internal sealed record ShutdownBudget(TimeSpan Grace, TimeSpan Margin, TimeSpan ReleaseReserve, TimeSpan HandBack, TimeSpan Announce)
{
    /// <summary>When everything should be over: the margin stays unspent.</summary>
    public TimeSpan End => Grace - Margin;

    /// <summary>When the drain must have ended, hand-back included; what follows is Release's own.</summary>
    public TimeSpan DrainEnd => End - ReleaseReserve;

    /// <summary>When work still in flight is cancelled.</summary>
    public TimeSpan Cut => DrainEnd - HandBack;

    /// <summary>When the watchdog ends the process. Half of the margin is for that, the other half is never touched.</summary>
    public TimeSpan EnforceAt => Grace - (Margin / 2);
}
