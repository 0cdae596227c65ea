using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Readiness;

/// <summary>Looks whether an instance that is ready speaks HTTP/2 where requests of that kind will go.</summary>
/// <remarks>Otherwise every one of them would fail, and the rehearsal would end with a baseline that says no more than that.</remarks>
internal sealed class Http2Probe(TimeProvider time)
{
    // The second listener of a program may open an instant after the first, and nothing tells a stranger when.
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(50);

    /// <summary>What is wrong; <see langword="null"/> when it answers a PING of HTTP/2.</summary>
    /// <param name="endpoint">Of the instance.</param>
    /// <param name="limit">When to give up waiting.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    public async Task<string?> ExplainAsync(Endpoint endpoint, CancellationToken limit, CancellationToken cancellationToken)
    {
        string soFar = "nothing listens there";
        try
        {
            while (true)
            {
                using Http2Connection? connection = (await Http2Connection.ConnectAsync(endpoint, Loopback.Instance, time, limit)).Value;
                if (connection is not null)
                {
                    soFar = "it takes connections and says nothing of HTTP/2";
                    return (await connection.PingAsync(limit))?.Reason;
                }

                await Task.Delay(_interval, time, limit);
            }
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return soFar;
        }
    }
}
