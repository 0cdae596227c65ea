using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Load.Sending;

/// <summary>Sends one planned request over HTTP/2: in a stream of a kept connection, or on a connection of its own.</summary>
/// <remarks>
/// <para>1. A kept connection is taken, or a new one opened to the instance the balancer chooses; if that fails the request is
/// <see cref="OutcomeClass.Refused"/>. 2. One exchange. 3. If the server says that it did nothing with the request (REFUSED_STREAM, or left out by GOAWAY), it is sent
/// again, as clients of HTTP/2 do by themselves, and the record says how often; after <see cref="LoadDefaults.Http2SentAgain"/> times it is
/// <see cref="OutcomeClass.Unavailable"/>. Nothing else is ever sent again.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal sealed class Http2Sender(IBalancer balancer, IWireNetwork network, Http2Pool pool, RequestRecorder recorder, TimeProvider time)
{
    public async Task<RequestRecord> SendAsync(PlannedRequest planned, CancellationToken limit)
    {
        long? firstSentAt = null;
        for (int again = 0; ;)
        {
            // Step 1.
            Http2Connection? connection = planned.Fresh ? null : pool.Take();
            bool isNew = connection is null;
            long beganAt = time.GetTimestamp();
            if (firstSentAt is null) { recorder.CountSent(planned, beganAt); }
            firstSentAt ??= beganAt;
            if (connection is null)
            {
                (connection, RequestRecord? failed) = await ConnectAsync(planned, firstSentAt.Value, again, limit);
                if (failed is not null) { return failed; }
            }

            // Step 2.
            Http2Exchange? exchange = await ExchangeAsync(planned, connection!, limit);

            // Step 3.
            bool isLast = again == LoadDefaults.Http2SentAgain;
            if (exchange is not null && (isLast || !exchange.IsUnprocessed))
            {
                return recorder.Sent(planned, connection!.Endpoint, exchange.Result, firstSentAt.Value, exchange.Uses, exchange.LastUsedAt, again);
            }

            // A kept connection without room has sent nothing, and is not offered a second time until it has.
            if (exchange is null && !isNew) { continue; }
            if (isLast) { return recorder.Unsent(planned, connection!.Endpoint, firstSentAt.Value, OutcomeClass.Unavailable, "GOAWAY on a new connection; nothing was sent", again); }
            again++;
        }
    }

    private static async Task<Http2Exchange?> ExchangeAsync(PlannedRequest planned, Http2Connection connection, CancellationToken limit)
    {
        try
        {
            return await connection.TryExchangeAsync(Http2Request.Render(planned.Template, connection.Endpoint.Http2Address, planned.Fill), limit);
        }
        finally
        {
            if (planned.Fresh) { connection.Dispose(); }
        }
    }

    private async Task<(Http2Connection? Connection, RequestRecord? Failed)> ConnectAsync(PlannedRequest planned, long sentAt, int again, CancellationToken limit)
    {
        Endpoint? endpoint = balancer.Choose();
        Http2Connection? connection = null;
        try
        {
            if (endpoint is null) { return (null, recorder.Unsent(planned, null, sentAt, OutcomeClass.Refused, "no ready instance", again)); }
            Connected<Http2Connection> connected = await Http2Connection.ConnectAsync(endpoint, network, time, limit);
            connection = connected.Value;
            return connection is not null ? (connection, null) : (null, recorder.Unconnected(planned, endpoint, endpoint.Http2Address, sentAt, connected.Error!, again));
        }
        catch (OperationCanceledException)
        {
            return (null, recorder.Unsent(planned, endpoint, sentAt, OutcomeClass.Refused, "no connection within the limit; nothing was sent", again));
        }
        finally
        {
            if (!planned.Fresh)
            {
                if (connection is not null) { pool.Keep(connection); }
                else { pool.GiveUp(); }
            }
        }
    }
}
