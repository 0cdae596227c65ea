namespace Quiesce;

/// <summary>A participant that says which phases it has a part in; any other one is asked in each phase. Internal: hooks, and what comes with
/// Quiesce.</summary>
internal interface IPartialParticipant : IShutdownParticipant
{
    /// <summary>Returns whether the participant does anything in <paramref name="phase"/>.</summary>
    bool Has(ShutdownPhase phase);

    /// <summary>Gets a value indicating whether it is the program itself. That it fails is an end of its own and loses no work: see
    /// <see cref="ShutdownExitCode.ProgramFailed"/>.</summary>
    bool IsProgram => false;
}
