namespace Quiesce;

/// <summary>Where a shutdown is. One way, never back.</summary>
public enum ShutdownPhase
{
    /// <summary>Nothing is stopping.</summary>
    Running,

    /// <summary>Sources are announced as leaving and closed; what is accepted meanwhile is served.</summary>
    StopAccepting,

    /// <summary>Nothing new from outside; work in flight runs to its end, or is cancelled, awaited and handed back at the drain's deadline.</summary>
    Drain,

    /// <summary>Resources are given back, users before what they use.</summary>
    Release,

    /// <summary>Everything is done and reported; hooks flush or close what the report was written into, then the process may end.</summary>
    Exit,
}
