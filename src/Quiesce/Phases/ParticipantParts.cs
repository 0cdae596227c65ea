namespace Quiesce;

internal static class ParticipantParts
{
    /// <summary>Returns whether a participant does anything in a phase; one that does not say is asked in each. In Exit only hooks do.</summary>
    public static bool HasPart(this IShutdownParticipant participant, ShutdownPhase phase) =>
        phase == ShutdownPhase.Exit ? participant is HookParticipant hooks && hooks.Has(phase)
        : participant is not IPartialParticipant partial || partial.Has(phase);

    /// <summary>Returns its explicit limit in a phase. Foreign code: what throws or makes no sense has none; start-up refuses it.</summary>
    public static TimeSpan? LimitIn(this IShutdownParticipant participant, ShutdownPhase phase)
    {
        try { return participant.LimitOf(phase) is { } limit && limit > TimeSpan.Zero ? limit : null; }
        catch (Exception) { return null; }
    }
}
