namespace Quiesce.Cli.Rehearse.Load;

/// <summary>The numbers of the load, each with its reason.</summary>
internal static class LoadDefaults
{
    /// <summary>A send later than this counts as late: twice a scheduler's worst time slice on a busy machine, and still small
    /// against any announce or drain that is measured with it.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMilliseconds(20);

    /// <summary>A send later than this is counted as not on time: what a scheduler takes to wake a thread on a calm machine is a tenth of it.
    /// Only shown; no verdict depends on it.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMilliseconds(1);

    /// <summary>How long the client of a stream stays: long enough that many a deployment meets it, and short against a rehearsal.</summary>
    public const double StaySeconds = 5;

    /// <summary>Kept connections of HTTP/2. A client needs one, whatever it asks for; a few clients, so that a stop meets several, each with several
    /// streams in flight at a few hundred requests a second.</summary>
    public const int Http2Connections = 4;

    /// <summary>How often a request of HTTP/2 is sent again that the server did nothing with: as often as .NET's own client does it
    /// (<c>HttpConnectionPool.MaxConnectionFailureRetries</c>). Without an end, a server that refuses everything would be met by a storm.</summary>
    public const int Http2SentAgain = 3;

    /// <summary>Beyond this many requests in flight the load gives up, loudly. Each holds a socket, and the usual limit of open files
    /// is near; a program so far behind has nothing left to rehearse.</summary>
    public const int InFlightCap = 10_000;
}
