namespace Quiesce;

/// <summary>Why a shutdown began.</summary>
/// <param name="Trigger">What kind of event it was.</param>
/// <param name="Text">For people: the signal's name, or what the requester said.</param>
public sealed record ShutdownReason(ShutdownTrigger Trigger, string Text)
{
    /// <summary>Gets a value indicating whether a person is waiting at a terminal: then nothing is announced.</summary>
    public bool PersonIsWaiting { get; init; }

    /// <summary>Gets a value indicating whether this began from outside or on request, so that the process may be ended for it.</summary>
    internal bool ArmsTheProcess => Trigger is ShutdownTrigger.Signal or ShutdownTrigger.Request;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
