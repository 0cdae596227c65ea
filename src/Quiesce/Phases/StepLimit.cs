namespace Quiesce;

/// <summary>How long one step may take: its token is cancelled at <paramref name="CancelAt"/> (measured from the signal), and it
/// is abandoned when <paramref name="Patience"/> has passed since its cancellation.</summary>
internal readonly record struct StepLimit(TimeSpan CancelAt, TimeSpan Patience)
{
    /// <summary>Share of a step's time that is kept for it to react to its cancellation.</summary>
    private const double PatienceShare = 0.1;

    /// <summary>Everything up to <paramref name="end"/>, the last tenth of it as patience.</summary>
    public static StepLimit UpTo(TimeSpan now, TimeSpan end)
    {
        TimeSpan available = end > now ? end - now : TimeSpan.Zero;
        TimeSpan patience = available * PatienceShare;
        return new StepLimit(now + available - patience, patience);
    }

    /// <summary>Half of what remains up to <paramref name="end"/>: a stuck step leaves as much to those behind it.</summary>
    public static StepLimit HalfOf(TimeSpan now, TimeSpan end) => UpTo(now, end > now ? now + ((end - now) / 2) : now);
}
