namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>How the client of a fault ended. Never one of the classes of requests: these clients are counted apart.</summary>
internal enum FaultEnd
{
    /// <summary>It got a whole answer, of whatever status.</summary>
    Answered,

    /// <summary>The program closed or reset the connection before that, or ended.</summary>
    Closed,

    /// <summary>No connection was made.</summary>
    Refused,

    /// <summary>It gave up, after the instance had gone.</summary>
    GaveUp,
}
