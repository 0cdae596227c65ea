namespace Quiesce;

/// <summary>A participant whose part is done in one of several ways, and which knows before anything happens in which.</summary>
internal interface ITellsHow : IShutdownParticipant
{
    /// <summary>Says how its part in a phase would be done now; <see langword="null"/> if there is nothing to say.</summary>
    string? HowIn(ShutdownPhase phase);
}
