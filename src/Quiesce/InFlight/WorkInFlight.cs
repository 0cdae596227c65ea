namespace Quiesce;

/// <summary>A unit seen in flight.</summary>
internal readonly record struct WorkInFlight(string Kind, TimeSpan Age, bool IsLongLived, WorkLease Lease);
