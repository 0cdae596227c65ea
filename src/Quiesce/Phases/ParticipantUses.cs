namespace Quiesce;

/// <summary>Well-known values for <see cref="IShutdownParticipant.Uses"/>.</summary>
public static class ParticipantUses
{
    /// <summary>Uses every participant that does not use this one itself. The web server does so by default.</summary>
    public const string Everything = "*";

    /// <summary>Uses no other participant, and says so: it is released beside others that say what they use, instead of in the
    /// order of registration.</summary>
    public const string Nothing = "-";
}
