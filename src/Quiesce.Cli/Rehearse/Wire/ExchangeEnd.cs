namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>What ended an exchange.</summary>
internal enum ExchangeEnd
{
    /// <summary>The answer was read to its end.</summary>
    Complete,

    /// <summary>The server closed the connection (FIN) before the answer was complete.</summary>
    Closed,

    /// <summary>The connection failed, usually by a reset (RST).</summary>
    Failed,

    /// <summary>What came was no HTTP.</summary>
    Malformed,

    /// <summary>The client's limit passed.</summary>
    LimitReached,
}
