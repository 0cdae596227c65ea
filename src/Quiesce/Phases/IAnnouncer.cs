namespace Quiesce;

/// <summary>A participant whose way to stop accepting is an announce: it goes on serving on purpose, inside the budget's announce share.</summary>
internal interface IAnnouncer : IPartialParticipant
{
    /// <summary>Says what it goes on serving for at least: hooks that take the instance out of a registry. Called before its part begins.</summary>
    /// <param name="othersHaveStopped">Completes when all others have stopped accepting, or were left behind. Never faults.</param>
    void ServeUntil(Task othersHaveStopped);
}
