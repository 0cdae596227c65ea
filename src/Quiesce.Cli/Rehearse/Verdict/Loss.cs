using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Verdict;

/// <summary>One request that was not ok, and everything that says why.</summary>
/// <param name="Request">What was seen on the wire.</param>
/// <param name="Instance">The instance it belongs to.</param>
/// <param name="Deployment">The deployment that replaced the instance it was sent to; 0 if none did.</param>
/// <param name="SentPhase">Where that instance stood when the request was sent.</param>
/// <param name="EndedPhase">Where it stood when the client knew.</param>
/// <param name="SinceSignal">From the signal to the sending; negative if it was sent before.</param>
/// <param name="LastUseSinceSignal">From the signal to the connection's previous answer; negative if that was before.</param>
internal sealed record Loss(
    RequestRecord Request,
    int? Instance,
    int Deployment,
    LeavingPhase SentPhase,
    LeavingPhase EndedPhase,
    TimeSpan? SinceSignal,
    TimeSpan? LastUseSinceSignal)
{
    public bool IsUnsafe => OutcomeRules.IsUnsafe(Request.Outcome);

    public bool IsReused => Request.ConnectionUses > 0;

    /// <summary>Gets whether the connection had carried an answer after the signal, so the program could have announced its leaving on it.</summary>
    public bool UsedDuringAnnounce => IsReused && LastUseSinceSignal >= TimeSpan.Zero;
}
