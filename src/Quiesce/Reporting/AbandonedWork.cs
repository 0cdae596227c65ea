namespace Quiesce;

/// <summary>A unit of work that the drain's deadline caught.</summary>
/// <param name="Kind">What it was: a route pattern or a kind, never a path or a payload.</param>
/// <param name="Age">How old it was when it was cancelled.</param>
/// <param name="Ended">Whether it ended after its cancellation; <see langword="false"/> means that it ignored it.</param>
public sealed record AbandonedWork(string Kind, TimeSpan Age, bool Ended)
{
    /// <summary>Gets what became of it.</summary>
    public WorkOutcome Outcome { get; init; }
}
