namespace Quiesce.Schedules;

/// <summary>What a step does besides waiting.</summary>
internal enum Deed
{
    None,

    /// <summary>Registers a hook for the Release phase.</summary>
    Registers,

    /// <summary>Asks for a shutdown while one runs.</summary>
    Requests,

    /// <summary>Has a callback on its token that throws.</summary>
    BreaksItsToken,
}
