namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>What can go wrong on purpose around a stop.</summary>
internal enum FaultKind
{
    /// <summary>Clients that read their answers, or send their bodies, slowly.</summary>
    SlowClients,

    /// <summary>Requests that stop in the middle before the signal and are never finished.</summary>
    HalfSent,

    /// <summary>A request that goes on until the program ends it.</summary>
    NeverEnds,

    /// <summary>Many requests at once, at the signal. They are ordinary requests, and count as such.</summary>
    Burst,

    /// <summary>SIGKILL instead of the signal.</summary>
    Kill,

    /// <summary>The signal again, a moment later.</summary>
    SecondSignal,

    /// <summary>Another instance that gets the signal while it starts.</summary>
    EarlySignal,

    /// <summary>The helper gets the signal with the program instead of after it, or is killed a moment later.</summary>
    HelperFirst,
}
