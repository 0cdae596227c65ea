using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output.Progress;

namespace Quiesce.Cli.Tests.Output.Progress;

/// <summary>Moments of a rehearsal that nobody ran.</summary>
internal static class Moments
{
    /// <summary>The instance leaves; each class has some.</summary>
    public static readonly ProgressState Leaving = new(
        "deployment 2 of 3", "SIGTERM sent, the old instance leaves", TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30),
        Figures(1204, 12, 2, 3, 1, 4, 5));

    public static readonly ProgressState Starting = new("starting the program", "", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null);

    /// <summary>As many of each class, in the order of the classes.</summary>
    public static ProgressFigures Figures(params int[] counts) => new(
        new OutcomeTally([.. counts, .. new int[OutcomeTally.Classes - counts.Length]]), 4, new LoadLateness(1234, 0, TimeSpan.FromMilliseconds(3.2)));
}
