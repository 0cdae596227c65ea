using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Load.Sending;

/// <summary>Sends one planned request: over an idle connection, or over a new one to the instance the balancer chooses. Once.</summary>
/// <remarks>
/// <para>1. A request with a connection of its own, or without an idle one, asks the balancer and connects; if that fails it is
/// <see cref="OutcomeClass.Refused"/>, also when the client's limit passes meanwhile: nothing was sent. 2. One exchange; its class is the
/// request's. 3. A connection that allows reuse goes back to the pool.</para>
/// <para>The limit runs from the scheduled instant, whatever held the request up. HTTP/2 has a sender of its own. Thread-safe.</para>
/// </remarks>
internal sealed class RequestSender(
    IBalancer balancer, IWireNetwork network, ConnectionPool pool, Http2Pool http2Pool, LoadOptions options, LoadJournal journal, TimeProvider time)
{
    private readonly RequestRenderer _renderer = new(options.Templates);
    private readonly RequestRecorder _recorder = RecorderOf(balancer, network, journal, time);
    private readonly Http2Sender _http2 = new(balancer, network, http2Pool, RecorderOf(balancer, network, journal, time), time);

    public async Task<RequestRecord> SendAsync(PlannedRequest planned)
    {
        using CancellationTokenSource limit = new(Remaining(planned), time);
        if (planned.Template.Kind == TrafficKind.Http2) { return await _http2.SendAsync(planned, limit.Token); }
        planned = planned.Template.IsStream ? planned with { Fresh = true } : planned;
        if (!planned.Fresh && TakeIdle() is { } idle)
        {
            return await ExchangeAsync(planned, idle, beganAt: null, limit.Token);
        }

        // Step 1.
        Endpoint? endpoint = balancer.Choose();
        long beganAt = time.GetTimestamp();
        if (endpoint is null)
        {
            planned.OnSent?.Invoke(); // Nobody must wait for what will never be sent.
            return _recorder.Unsent(planned, null, beganAt, OutcomeClass.Refused, "no ready instance");
        }

        _recorder.CountSent(planned, beganAt);
        try
        {
            Connected<WireConnection> connected = await WireConnection.ConnectAsync(endpoint, network, time, limit.Token);
            if (connected.Value is not { } connection) { return _recorder.Unconnected(planned, endpoint, endpoint.Address, beganAt, connected.Error!); }
            if (!planned.Fresh) { pool.Adopt(); }
            return await ExchangeAsync(planned, connection, beganAt, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return _recorder.Unsent(planned, endpoint, beganAt, OutcomeClass.Refused, "no connection within the limit; nothing was sent");
        }
    }

    private static RequestRecorder RecorderOf(IBalancer balancer, IWireNetwork network, LoadJournal journal, TimeProvider time) =>
        new(balancer, journal, (long)(network.Delay.TotalSeconds * time.TimestampFrequency), time);

    private TimeSpan Remaining(PlannedRequest planned)
    {
        TimeSpan remaining = options.Timeout + planned.Template.Stay - time.GetElapsedTime(planned.ScheduledAt);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private WireConnection? TakeIdle() => pool.OpenCount < options.MinimumConnections ? null : pool.Take();

    // Steps 2 and 3.
    private async Task<RequestRecord> ExchangeAsync(
        PlannedRequest planned, WireConnection connection, long? beganAt, CancellationToken limit)
    {
        int uses = connection.Uses;
        long? lastUsedAt = connection.LastUsedAt;
        try
        {
            WireRequest request = _renderer.Render(planned, connection.Endpoint.Address);
            if (beganAt is null) { _recorder.CountSent(planned, time.GetTimestamp()); }
            WireResult result = await connection.ExchangeAsync(request, limit);
            return _recorder.Sent(planned, connection.Endpoint, result, beganAt ?? result.SentAt, uses, lastUsedAt);
        }
        finally
        {
            if (planned.Fresh) { connection.Dispose(); }
            else { pool.Return(connection); }
        }
    }
}
