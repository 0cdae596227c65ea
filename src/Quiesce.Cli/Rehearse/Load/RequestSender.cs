using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Load;

/// <summary>Sends one planned request: over an idle connection, or over a new one to the instance the balancer chooses. Once.</summary>
/// <remarks>
/// <para>1. A request with a connection of its own, or without an idle one, asks the balancer and connects; if that fails it is
/// <see cref="OutcomeClass.Refused"/>, also when the client's limit passes meanwhile: nothing was sent. 2. One exchange; its class is the
/// request's. 3. A connection that allows reuse goes back to the pool.</para>
/// <para>The limit runs from the scheduled instant, whatever held the request up. Thread-safe.</para>
/// </remarks>
internal sealed class RequestSender(
    IBalancer balancer, IWireNetwork network, ConnectionPool pool, LoadOptions options, LoadJournal journal, TimeProvider time)
{
    private readonly HashSet<RequestTemplate> _repeatable =
        new(options.Templates.Where(static template => !template.IsStream && !PlannedRequest.HasPlaceholder(template)), ReferenceEqualityComparer.Instance);

    private readonly long _underWay = (long)(network.Delay.TotalSeconds * time.TimestampFrequency);

    public async Task<RequestRecord> SendAsync(PlannedRequest planned)
    {
        using CancellationTokenSource limit = new(Remaining(planned), time);
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
            return Unsent(planned, null, beganAt, OutcomeClass.Refused, "no ready instance");
        }

        CountSent(planned, beganAt);
        try
        {
            Connected<WireConnection> connected = await WireConnection.ConnectAsync(endpoint, network, time, limit.Token);
            if (connected.Value is not { } connection) { return Unconnected(planned, endpoint, beganAt, connected.Error!); }
            if (!planned.Fresh) { pool.Adopt(); }
            return await ExchangeAsync(planned, connection, beganAt, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return Unsent(planned, endpoint, beganAt, OutcomeClass.Refused, "no connection within the limit; nothing was sent");
        }
    }

    private void CountSent(PlannedRequest planned, long at)
    {
        if (planned.OnSent is { } onSent) { onSent(); }
        else { journal.Sent(planned.ScheduledAt, at); }
    }

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
        // Behind a proxy the program knows nothing of this connection: no announce can reach it. Otherwise it left the program's hands
        // as long before it arrived as the network takes.
        long? lastUsedAt = connection.Endpoint.IsProxy ? null : connection.LastUsedAt - _underWay;
        try
        {
            WireRequest request = RequestFor(planned, connection);
            if (beganAt is null) { CountSent(planned, time.GetTimestamp()); }
            WireResult result = await connection.ExchangeAsync(request, limit);
            return Record(planned, connection.Endpoint, result, beganAt, uses, lastUsedAt);
        }
        finally
        {
            if (planned.Fresh) { connection.Dispose(); }
            else { pool.Return(connection); }
        }
    }

    // Most requests are the same bytes each time: a connection that carries one again need not put them together again.
    private WireRequest RequestFor(PlannedRequest planned, WireConnection connection)
    {
        if (connection.Repeatable is { } last && ReferenceEquals(last.Template, planned.Template)) { return last.Request; }
        WireRequest request = WireRequest.Render(planned.Template, connection.Endpoint.Address, planned.Fill);
        if (_repeatable.Contains(planned.Template)) { connection.Repeatable = (planned.Template, request); }
        return request;
    }

    // Whoever a proxy has asked, if it says so: only that tells which instance lost the request.
    private Endpoint? Whom(Endpoint chosen, string? servedBy)
    {
        if (!chosen.IsProxy) { return chosen; }
        return servedBy is null ? null : balancer.Find(servedBy);
    }

    private RequestRecord Record(PlannedRequest planned, Endpoint endpoint, WireResult result, long? beganAt, int uses, long? lastUsedAt) => new()
    {
        Id = planned.Id,
        Template = planned.Template,
        Endpoint = Whom(endpoint, result.ServedBy),
        Outcome = result.Outcome,
        Status = result.Status,
        ScheduledAt = planned.ScheduledAt,
        SentAt = beganAt ?? result.SentAt,
        EndedAt = result.EndedAt,
        ConnectionUses = uses,
        ConnectionLastUsedAt = lastUsedAt,
        ConnectionCloseSeen = result.CloseSeen,
        InBurst = planned.InBurst,
        Detail = result.Detail,
    };

    private RequestRecord Unconnected(PlannedRequest planned, Endpoint endpoint, long beganAt, SocketException error)
    {
        FailIfOwnShortage(error, endpoint);
        return Unsent(planned, endpoint, beganAt, OutcomeClassifier.ClassifyConnect(error), SocketErrorText.Of(error) + "; nothing was sent");
    }

    private RequestRecord Unsent(PlannedRequest planned, Endpoint? endpoint, long beganAt, OutcomeClass outcome, string detail) => new()
    {
        Id = planned.Id,
        Template = planned.Template,
        Endpoint = endpoint is null ? null : Whom(endpoint, servedBy: null),
        Outcome = outcome,
        ScheduledAt = planned.ScheduledAt,
        SentAt = beganAt,
        EndedAt = time.GetTimestamp(),
        ConnectionUses = 0,
        InBurst = planned.InBurst,
        Detail = detail,
    };

    private void FailIfOwnShortage(SocketException error, Endpoint endpoint)
    {
        if (!SocketErrorText.IsOwnShortage(error)) { return; }
        journal.Fail(new LoadFailedException(
            $"No connection to {endpoint.Address} could be begun: {SocketErrorText.Of(error)}. This machine ran out of local ports or open "
            + "files, the program is not to blame. Lower the rate or the share of fresh connections, or raise the limit.", error));
    }
}
