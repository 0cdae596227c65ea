namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>How the client of a fault ended. Never one of the classes of requests: these clients are counted apart.</summary>
internal enum FaultEnd
{
    /// <summary>It got a whole answer, of whatever status.</summary>
    Answered,

    /// <summary>Its answer had begun, and never came to its end: the program closed or reset the connection, or ended.</summary>
    CutOff,

    /// <summary>The program closed the connection before any byte of an answer, or ended.</summary>
    Closed,

    /// <summary>The program reset the connection before any byte of an answer, or ended without having read what was sent.</summary>
    Reset,

    /// <summary>No connection was made.</summary>
    Refused,

    /// <summary>It gave up, after the instance had gone.</summary>
    GaveUp,
}
