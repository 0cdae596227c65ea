namespace Quiesce.Cli.Rehearse.Load;

/// <summary>The generator's own lateness: a rig that cannot keep its schedule must say so.</summary>
/// <param name="Sent">Requests sent.</param>
/// <param name="LateCount">How many were sent more than 20 ms after their scheduled instant.</param>
/// <param name="Worst">The largest delay between scheduled and sent.</param>
internal sealed record LoadLateness(long Sent, long LateCount, TimeSpan Worst)
{
    /// <summary>Gets how many were sent more than 1 ms after their scheduled instant, or were due and never sent.</summary>
    public long NotOnTime { get; init; }
}
