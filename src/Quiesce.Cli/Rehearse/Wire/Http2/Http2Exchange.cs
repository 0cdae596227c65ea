namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>What one request on a connection of HTTP/2 came to.</summary>
/// <param name="Result">Its class and more. A request that was not processed is <see cref="Load.OutcomeClass.Unavailable"/>.</param>
/// <param name="IsUnprocessed">The server has said that it did nothing with it: any client may send it again.</param>
/// <param name="Uses">How many streams the connection had carried before.</param>
/// <param name="LastUsedAt">When its last answer was complete; <see langword="null"/> before the first.</param>
internal sealed record Http2Exchange(WireResult Result, bool IsUnprocessed, int Uses, long? LastUsedAt);
