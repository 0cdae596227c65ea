namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>What became of one client of a fault.</summary>
/// <param name="End">How it ended.</param>
/// <param name="After">When, from the signal; negative if that was before.</param>
internal sealed record FaultResult(FaultEnd End, TimeSpan After)
{
    /// <summary>Gets the status of its answer; <see langword="null"/> without one.</summary>
    public int? Status { get; init; }

    /// <summary>Gets whether it was where the fault wants it when the signal was sent.</summary>
    public bool WasReady { get; init; } = true;

    /// <summary>Gets whether the program broke it off.</summary>
    public bool IsBroken => End is FaultEnd.CutOff or FaultEnd.Closed or FaultEnd.Reset;
}
