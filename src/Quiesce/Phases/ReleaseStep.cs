namespace Quiesce;

/// <summary>One participant's place in the Release phase.</summary>
/// <param name="Index">The participant, by its index in the graph.</param>
/// <param name="OthersWait">Whether anybody can be released only after it.</param>
internal readonly record struct ReleaseStep(int Index, bool OthersWait)
{
    /// <summary>Gets the limit it has asked for, shortened if it is more than there is; <see langword="null"/> for a fair share.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Gets how long those that are released after it have asked for, along their longest chain: it may not use that up.</summary>
    public TimeSpan PromisedBehind { get; init; }
}
