namespace Quiesce;

/// <summary>The record of one shutdown.</summary>
public sealed record ShutdownReport
{
    /// <summary>Gets why the shutdown began.</summary>
    public required ShutdownReason Reason { get; init; }

    /// <summary>Gets the wall-clock time of the signal. For display: every duration is measured on the monotonic clock.</summary>
    public DateTimeOffset SignalledAt { get; init; }

    /// <summary>Gets a value indicating whether every phase has ended.</summary>
    /// <value><see langword="true"/> by default. <see langword="false"/> in the report of a process that was ended by force: what had not
    /// ended by then is reported as abandoned.</value>
    public bool IsComplete { get; init; } = true;

    /// <summary>Gets what the orchestrator allowed.</summary>
    public required TimeSpan GracePeriod { get; init; }

    /// <summary>Gets the time from the signal to the end of the Release phase, or to the instant of the report.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets each phase, in order.</summary>
    public required IReadOnlyList<PhaseReport> Phases { get; init; }

    /// <summary>Gets each participant's part, in the order in which they ended. The hooks of Exit are in the report that
    /// <see cref="GracefulShutdown.Completion"/> completes with; in files only if one of them has failed or noted something.</summary>
    public required IReadOnlyList<ParticipantReport> Participants { get; init; }

    /// <summary>Gets how many units of work were in flight at the signal.</summary>
    public required int InFlightAtSignal { get; init; }

    /// <summary>Gets the units that the drain's deadline caught, oldest first; if the process ended before it, those that were in flight.</summary>
    public required IReadOnlyList<AbandonedWork> Abandoned { get; init; }

    /// <summary>Gets the channels that could not be written, a sentence each; only those that are written after them can say so.</summary>
    internal IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Gets the exit code that says all this in one number; see <see cref="ShutdownExitCode"/>.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Adds what only came out after the report. What it says of the same participants in the same phases is replaced.</summary>
    /// <param name="late">The participants.</param>
    /// <param name="exitCode">What a shutdown that was clean so far ends with; a weightier code stays.</param>
    internal ShutdownReport AmendedBy(IReadOnlyCollection<ParticipantReport> late, int exitCode)
    {
        HashSet<(string, ShutdownPhase)> replaced = [.. late.Select(static part => (part.Name, part.Phase))];
        return this with
        {
            Participants = [.. Participants.Where(part => !replaced.Contains((part.Name, part.Phase))), .. late],
            ExitCode = ShutdownExitCode.Weightier(ExitCode, exitCode),
        };
    }
}
