using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Beside;

/// <summary>How one instance of a beside service left. Its requests are nobody's: it is judged by its end, and by the ledgers.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="Status">Exit code or signal.</param>
/// <param name="Killed">Whether the grace was over and SIGKILL ended it.</param>
/// <param name="LeftBehind">The processes that outlived it and had to be ended.</param>
/// <param name="TimeToExit">From the signal to the end of the process.</param>
internal sealed record BesideStop(
    BesideIdentity Identity, ExitStatus Status, bool Killed, IReadOnlyList<FamilyMember> LeftBehind, TimeSpan TimeToExit)
{
    /// <summary>Gets whether SIGKILL took the place of the signal, as it did for the program.</summary>
    public bool IsByKill { get; init; }
}
