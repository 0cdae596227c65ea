namespace Quiesce.Cli.Rehearse.Load;

/// <summary>How one request ended. Every request ends in exactly one class.</summary>
/// <remarks>The last four are <em>unsafe</em>: the client cannot know what the server did.</remarks>
internal enum OutcomeClass
{
    /// <summary>A complete answer with a status below 500.</summary>
    Ok,

    /// <summary>No connection was made, so nothing was sent: always safe to try elsewhere.</summary>
    Refused,

    /// <summary>A complete 503 with <c>Retry-After</c>: the server says that it did nothing.</summary>
    Unavailable,

    /// <summary>Reset or end of stream after the request was sent and before any byte of the answer.</summary>
    Reset,

    /// <summary>The answer began and did not end.</summary>
    Truncated,

    /// <summary>A complete answer with any other status of 500 or more, or one that is no HTTP.</summary>
    ServerError,

    /// <summary>No complete answer within the client's limit.</summary>
    Timeout,
}
