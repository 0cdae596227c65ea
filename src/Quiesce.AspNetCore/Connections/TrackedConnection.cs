using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Quiesce.AspNetCore.Connections;

/// <summary>One connection that a listener of ours has accepted; a feature of it, so that its requests find it.</summary>
internal sealed class TrackedConnection(ConnectionContext connection, long acceptedAt)
{
    private volatile bool _isProbe;
    private volatile bool _isHttp2;
    private volatile bool _hasLongLived;
    private long _sentAwayAt; // zero: not yet

    public ConnectionContext Connection => connection;

    public long AcceptedAt => acceptedAt;

    /// <summary>Whether it came to a management listener.</summary>
    public bool IsManagement { get; init; }

    /// <summary>Whether it belongs to a balancer or an orchestrator that only looks how we are: no client of the application's.</summary>
    public bool IsProbe
    {
        get => _isProbe;
        set => _isProbe = value;
    }

    /// <summary>Whether it carries streams; known from its first request on.</summary>
    public bool IsHttp2
    {
        get => _isHttp2;
        set => _isHttp2 = value;
    }

    /// <summary>Whether one of its requests had no natural end: its farewell decides when the connection ends.</summary>
    public bool HasLongLived
    {
        get => _hasLongLived;
        set => _hasLongLived = value;
    }

    /// <summary>Says GOAWAY: streams in flight finish, the client opens no further ones. Idempotent.</summary>
    public void SendAway(TimeProvider time)
    {
        if (Interlocked.CompareExchange(ref _sentAwayAt, Math.Max(1, time.GetTimestamp()), 0) == 0)
        {
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }

    /// <summary>Whether a request that comes now comes from a client that has heard GOAWAY and goes on all the same.</summary>
    public bool IgnoresGoAway(TimeProvider time) =>
        Interlocked.Read(ref _sentAwayAt) is > 0 and var sentAwayAt && time.GetElapsedTime(sentAwayAt) > ConnectionSet.GoAwayIsHeard;
}
