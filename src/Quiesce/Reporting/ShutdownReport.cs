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

    /// <summary>Gets each participant's part, in the order in which they ended.</summary>
    public required IReadOnlyList<ParticipantReport> Participants { get; init; }

    /// <summary>Gets how many units of work were in flight at the signal.</summary>
    public required int InFlightAtSignal { get; init; }

    /// <summary>Gets the units that the drain's deadline caught, oldest first.</summary>
    public required IReadOnlyList<AbandonedWork> Abandoned { get; init; }

    /// <summary>Gets the channels that could not be written, a sentence each; only those that are written after them can say so.</summary>
    internal IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Gets the exit code that says all this in one number; see <see cref="ShutdownExitCode"/>.</summary>
    public required int ExitCode { get; init; }
}
