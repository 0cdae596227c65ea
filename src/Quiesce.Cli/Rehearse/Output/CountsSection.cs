namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Requests by class. <c>failures</c> is all but <c>ok</c>; <c>unsafe</c> is the last four classes.</summary>
internal sealed record CountsSection(
    int Total,
    int Ok,
    int Refused,
    int Unavailable,
    int Reset,
    int Truncated,
    int ServerError,
    int Timeout,
    int Failures,
    int Unsafe,
    int UnsafeOnAnnouncedConnections)
{
    /// <summary>Gets how many were sent again, because the server had said that it did nothing with them. HTTP/2 only; among those above by how they ended.</summary>
    public int SentAgain { get; init; }
}
