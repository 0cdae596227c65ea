namespace Quiesce;

/// <summary>How work without a natural end, such as a WebSocket or an event stream, ends when the service leaves.</summary>
public sealed class LongLivedOptions
{
    /// <summary>Gets or sets how long it may take from the first good-bye until all of it has ended.</summary>
    /// <value>From zero to 1 day; what the grace does not leave is cut off. <see langword="null"/>, the default, means 20 % of the grace, at most
    /// 5 seconds: a close handshake takes one round trip.</value>
    public TimeSpan? Limit { get; set; }

    /// <summary>Gets or sets the time over which the good-byes are spread, so that clients do not come back as one herd.</summary>
    /// <value>From zero (all at once) to 1 day, at most half of the limit is used. <see langword="null"/>, the default, means a millisecond for each:
    /// a thousand clients a second come back.</value>
    public TimeSpan? Spread { get; set; }
}
