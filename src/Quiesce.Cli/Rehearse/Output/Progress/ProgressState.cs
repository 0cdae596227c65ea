using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>What there is to tell at one moment of a rehearsal.</summary>
/// <param name="Step">What happens: a baseline, a deployment.</param>
/// <param name="Phase">What the step is doing now; empty when there is nothing to add.</param>
/// <param name="InPhase">For how long.</param>
/// <param name="Elapsed">Since the first step.</param>
/// <param name="Left">How long everything may still take; zero or less when nobody knows.</param>
/// <param name="Load">The figures of the load; <see langword="null"/> while there is none.</param>
internal sealed record ProgressState(string Step, string Phase, TimeSpan InPhase, TimeSpan Elapsed, TimeSpan Left, ProgressFigures? Load)
{
    /// <summary>Gets the share of everything that is done, 0 to 1; the end itself is never claimed.</summary>
    public double Done => Left <= TimeSpan.Zero ? Most : Math.Min(Elapsed / (Elapsed + Left), Most);

    // A view that says 100 % and goes on lies.
    private const double Most = 0.99;
}
