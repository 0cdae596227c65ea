namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>What kind of value a fault takes.</summary>
internal enum FaultValue
{
    /// <summary>How many clients or requests, in each deployment.</summary>
    Count,

    /// <summary>How long after the signal, or after the start.</summary>
    Seconds,

    /// <summary>A path to GET.</summary>
    Path,
}
