namespace Quiesce;

internal static class ParticipantParts
{
    /// <summary>Returns whether a participant does anything in a phase; one that does not say is asked in each.</summary>
    public static bool HasPart(this IShutdownParticipant participant, ShutdownPhase phase) =>
        participant is not IPartialParticipant partial || partial.Has(phase);
}
