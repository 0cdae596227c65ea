namespace Quiesce;

/// <summary>How long each step of a forced end may take. Why these values: docs/decisions/0004.</summary>
/// <param name="Files">Log and files, side by side. A healthy disk needs a few milliseconds.</param>
/// <param name="LastWords">Everything that is said: standard error comes after the files, because it names those that failed.</param>
/// <param name="Exit"><see cref="Environment.Exit"/>, before the process is ended without exit handlers.</param>
/// <param name="Kernel">When the kernel's timer comes, measured from the deadline.</param>
internal readonly record struct EndLimits(TimeSpan Files, TimeSpan LastWords, TimeSpan Exit, TimeSpan Kernel)
{
    /// <summary>Half of the smallest margin. The steps fit into it, and the kernel comes before SIGKILL.</summary>
    private static readonly TimeSpan _leastUntilKill = TimeSpan.FromMilliseconds(250);

    /// <summary>A busy machine needs a few times as long as a healthy one. With half of the largest default margin, six times the least, this leaves
    /// the kernel's timer a quarter of it before SIGKILL.</summary>
    private const double MostScale = 5;

    /// <summary>The kernel's part of a long time before SIGKILL.</summary>
    private const double KernelShare = 0.6;

    /// <summary>The limits where every millisecond counts, or nothing is known about SIGKILL.</summary>
    public static EndLimits Least { get; } = For(_leastUntilKill);

    /// <summary>The limits where no SIGKILL is near.</summary>
    public static EndLimits Most { get; } = For(_leastUntilKill * MostScale);

    /// <summary>The limits that fit into what is left before SIGKILL.</summary>
    public static EndLimits For(TimeSpan untilKill)
    {
        double scale = Math.Clamp(untilKill / _leastUntilKill, 1, MostScale);
        TimeSpan kernel = Scaled(225);
        return new EndLimits(Scaled(60), Scaled(100), Scaled(80), kernel > untilKill * KernelShare ? kernel : untilKill * KernelShare);

        TimeSpan Scaled(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds * scale);
    }
}
