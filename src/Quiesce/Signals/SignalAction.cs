namespace Quiesce;

/// <summary>What a signal means, given those before it.</summary>
internal enum SignalAction
{
    /// <summary>Logged, no effect.</summary>
    Ignore,

    /// <summary>Begin a graceful shutdown.</summary>
    Begin,

    /// <summary>Begin one without an announce: a person is waiting.</summary>
    BeginForPerson,

    /// <summary>The announce is over.</summary>
    SkipAnnounce,

    /// <summary>The drain's deadline is now; Release still runs.</summary>
    SkipDrain,

    /// <summary>End the process at once.</summary>
    ExitNow,
}
