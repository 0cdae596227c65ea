namespace Quiesce;

/// <summary>How long one step may take.</summary>
/// <param name="CancelAt">When its token is cancelled, measured from the signal.</param>
/// <param name="Patience">How long it may take to react to its cancellation.</param>
/// <param name="AbandonBy">When it is abandoned at the latest, measured from the signal: a late timer must not prolong anything.</param>
internal sealed record StepLimit(TimeSpan CancelAt, TimeSpan Patience, TimeSpan AbandonBy)
{
    /// <summary>Share of a step's time that is kept for it to react to its cancellation.</summary>
    private const double PatienceShare = 0.1;

    /// <summary>Gets the fraction of the patience that this step gets; the rest belongs to those who wait for it.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Gets a value indicating whether the phase cancels the step. A timer of its own, due at the same instant, would race it.</summary>
    public bool CancelledByPhase { get; init; }

    /// <summary>Everything up to <paramref name="end"/>, the last tenth of it as patience.</summary>
    public static StepLimit UpTo(TimeSpan now, TimeSpan end)
    {
        TimeSpan available = end > now ? end - now : TimeSpan.Zero;
        TimeSpan patience = available * PatienceShare;
        return new StepLimit(now + available - patience, patience, now + available);
    }

    /// <summary>Half of what remains up to <paramref name="end"/>: a stuck step leaves as much to those behind it.</summary>
    public static StepLimit HalfOf(TimeSpan now, TimeSpan end) => UpTo(now, end > now ? now + ((end - now) / 2) : now);

    /// <summary>A source: half of the time before the cut, so that the other half is the drain's, unless it has a limit of its own. The
    /// announce is no stuck step: it may last up to the cut, because it ends by its own share and then waits for the other sources.</summary>
    public static StepLimit OfSource(IShutdownParticipant participant, TimeSpan now, ShutdownBudget budget) =>
        participant is IAnnouncer ? UpTo(now, budget.Cut)
        : participant.LimitIn(ShutdownPhase.StopAccepting) is { } limit ? Within(limit, now, budget.Cut)
        : HalfOf(now, budget.Cut);

    /// <summary>A release: half of what remains, and all of it when nobody waits behind it, unless it has a limit of its own. What those
    /// behind it were promised is not there for it.</summary>
    public static StepLimit OfRelease(ReleaseStep step, TimeSpan now, ShutdownBudget budget)
    {
        TimeSpan end = budget.End - step.PromisedBehind;
        return step.Limit is { } limit ? Within(limit, now, end) : step.OthersWait ? HalfOf(now, end) : UpTo(now, end);
    }

    /// <summary>A hook of Exit: as long as Release has for itself, but at most half of what is left before the process is ended by force. The
    /// other half is for saying what was lost, and for the end itself.</summary>
    public static StepLimit OfExit(TimeSpan now, ShutdownBudget budget) =>
        Within(budget.ReleaseReserve, now, budget.EnforceAt > now ? now + ((budget.EnforceAt - now) / 2) : now);

    /// <summary>An explicit limit, and no later than <paramref name="end"/>.</summary>
    public static StepLimit Within(TimeSpan limit, TimeSpan now, TimeSpan end) => UpTo(now, now + limit < end ? now + limit : end);

    /// <summary>How long the step is waited for once it was cancelled.</summary>
    public TimeSpan PatienceFrom(Deadline deadline)
    {
        TimeSpan left = deadline.Until(AbandonBy);
        return (Patience < left ? Patience : left) * Share;
    }
}
