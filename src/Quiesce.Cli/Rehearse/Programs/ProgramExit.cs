namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>The end of a program.</summary>
/// <param name="Status">Code or signal.</param>
/// <param name="At">Timestamp, taken before anything else was looked at.</param>
/// <param name="LeftBehind">Processes that outlived it and were ended.</param>
internal sealed record ProgramExit(ExitStatus Status, long At, IReadOnlyList<FamilyMember> LeftBehind)
{
    /// <summary>Gets the timestamp at which the last of them had ended: until then somebody may still have answered.</summary>
    public long GoneAt { get; init; } = At;
}
