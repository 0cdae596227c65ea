namespace Quiesce.Schedules;

/// <summary>What a unit does when it is told to stop.</summary>
internal enum UnitReaction
{
    /// <summary>It stops, undone.</summary>
    Stops,

    /// <summary>It is done after all, and says so.</summary>
    Finishes,

    /// <summary>It goes on.</summary>
    GoesOn,
}
