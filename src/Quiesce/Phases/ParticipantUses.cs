namespace Quiesce;

/// <summary>Well-known values for <see cref="IShutdownParticipant.Uses"/>.</summary>
public static class ParticipantUses
{
    /// <summary>Uses every participant that does not use this one itself. The web server does so by default.</summary>
    public const string Everything = "*";
}
