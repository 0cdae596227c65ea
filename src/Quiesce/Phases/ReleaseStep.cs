namespace Quiesce;

/// <summary>One participant's place in the Release phase.</summary>
/// <param name="Index">The participant, by its index in the graph.</param>
/// <param name="OthersWait">Whether anybody can be released only after it.</param>
internal readonly record struct ReleaseStep(int Index, bool OthersWait);
