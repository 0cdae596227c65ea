namespace Quiesce;

/// <summary>A unit of work that the drain's deadline caught, or the end of the process before it.</summary>
/// <param name="Kind">What it was: a route pattern or a kind, never a path or a payload.</param>
/// <param name="Age">How old it was when it was cancelled, or at the report if it was not.</param>
/// <param name="Ended">Whether it ended after its cancellation; <see langword="false"/> means that it ignored it, or was not cancelled: see
/// <see cref="Outcome"/>.</param>
public sealed record AbandonedWork(string Kind, TimeSpan Age, bool Ended)
{
    /// <summary>Gets what became of it.</summary>
    public WorkOutcome Outcome { get; init; }
}
