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
    int UnsafeOnAnnouncedConnections);
