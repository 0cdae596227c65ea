namespace Quiesce.Cli.Rehearse.Readiness;

/// <summary>How an instance shows that it is ready.</summary>
internal enum ReadinessKind
{
    /// <summary>Any answer below 500 to a GET.</summary>
    Http,

    /// <summary>A connection to its port is accepted.</summary>
    Tcp,

    /// <summary>It wrote a line that holds a text.</summary>
    Line,
}
