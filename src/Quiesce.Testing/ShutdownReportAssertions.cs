namespace Quiesce.Testing;

/// <summary>What a test demands of a report. Each says in words what it found instead; of any test framework, because all of them fail by an exception.</summary>
public static class ShutdownReportAssertions
{
    /// <summary>Demands that nothing was lost: all phases have ended, all work by itself, every participant in its time and without an exception.</summary>
    /// <param name="report">The report.</param>
    /// <exception cref="ShutdownAssertionException">Something was.</exception>
    public static void AssertNothingLost(this ShutdownReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        bool isWhole = report.IsComplete && report.Abandoned.Count == 0 && report.Participants.All(static part => part.Outcome == StepOutcome.Completed);
        if (!isWhole || report.ExitCode != ShutdownExitCode.Clean) { throw new ShutdownAssertionException("Something was lost.", report); }
    }

    /// <summary>Demands that participants were released one after the other: each only when the one before it had ended. On a clock that stood still meanwhile,
    /// only that they ended one after the other.</summary>
    /// <param name="report">The report.</param>
    /// <param name="participants">Their names, first to last; two or more.</param>
    /// <exception cref="ShutdownAssertionException">They were released in another order, at once, or not at all, or one that had to end first was left behind.</exception>
    /// <exception cref="ArgumentException">There are fewer than two names.</exception>
    public static void AssertReleasedInOrder(this ShutdownReport report, params string[] participants)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(participants);
        if (participants.Length < 2) { throw new ArgumentException("An order needs two names or more.", nameof(participants)); }

        ParticipantReport[] parts = [.. participants.Select(name => ReleaseOf(report, name))];
        List<ParticipantReport> asTheyEnded = [.. report.Participants];
        foreach ((ParticipantReport earlier, ParticipantReport later) in parts.Zip(parts.Skip(1)))
        {
            TimeSpan ended = earlier.BeganAt + earlier.Duration;
            string? wrong = earlier.Outcome == StepOutcome.Abandoned ? $"'{earlier.Name}' was left behind, and so had not ended when '{later.Name}' was released."
                : asTheyEnded.IndexOf(later) < asTheyEnded.IndexOf(earlier) ? $"'{later.Name}' had ended before '{earlier.Name}'."
                : later.BeganAt < ended ? $"'{later.Name}' was released {ReportText.Seconds(later.BeganAt)} after the signal, before '{earlier.Name}' had ended, {ReportText.Seconds(ended)} after it."
                : null;
            if (wrong is not null) { throw new ShutdownAssertionException(wrong, report); }
        }
    }

    private static ParticipantReport ReleaseOf(ShutdownReport report, string name) =>
        report.Participants.FirstOrDefault(part => part.Name == name && part.Phase == ShutdownPhase.Release)
        ?? throw new ShutdownAssertionException($"'{name}' was not released. Released were: {Released(report)}.", report);

    private static string Released(ShutdownReport report)
    {
        string[] names = [.. report.Participants.Where(static part => part.Phase == ShutdownPhase.Release).Select(static part => $"'{part.Name}'")];
        return names.Length > 0 ? string.Join(", ", names) : "none";
    }
}
