using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Quiesce.AspNetCore.Connections;

/// <summary>One connection that a listener of ours has accepted; a feature of it, so that its requests find it.</summary>
internal sealed class TrackedConnection(ConnectionContext connection, long acceptedAt)
{
    private volatile bool _isProbe;
    private volatile bool _isHttp2;
    private volatile bool _hasSpoken;
    private long _sentAwayAt; // zero: not yet
    private int _longLived;

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

    /// <summary>Whether a request without a natural end is open on it: its farewell decides when the connection ends.</summary>
    public bool HasLongLived => Volatile.Read(ref _longLived) > 0;

    /// <summary>Whether a request has come on it since the signal: its answer tells the client, and the server then closes it.</summary>
    public bool HasSpoken
    {
        get => _hasSpoken;
        set => _hasSpoken = value;
    }

    /// <summary>Whether it carries requests of HTTP/1.1, or none yet: it ends with an answer that says so, or in silence.</summary>
    public bool EndsWithAnAnswer => !IsHttp2 && !HasLongLived;

    public bool IsOpen => !connection.ConnectionClosed.IsCancellationRequested;

    /// <summary>Whether bytes have arrived that the server has not read yet: it is about to be served.</summary>
    public bool HasUnread
    {
        get
        {
            try { return connection.Features.Get<IConnectionSocketFeature>()?.Socket.Available > 0; }
            catch (Exception error) when (error is SocketException or ObjectDisposedException) { return false; }
        }
    }

    /// <summary>Whether bytes are under way to the client, or may be.</summary>
    public bool HasUnsent => connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket || TcpState.HasUnsent(socket);

    public void BeginLongLived() => Interlocked.Increment(ref _longLived);

    /// <summary>From now on it is like any other connection.</summary>
    public void EndLongLived() => Interlocked.Decrement(ref _longLived);

    /// <summary>Asks the server to end it once nothing is in flight on it: at once if it is silent.</summary>
    public void RequestClose() => connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    /// <summary>Resets it.</summary>
    public void Reset() => connection.Abort(new ConnectionAbortedException("The service leaves, and the rest of the request did not come."));

    /// <summary>Says GOAWAY: streams in flight finish, the client opens no further ones. Idempotent.</summary>
    public void SendAway(TimeProvider time)
    {
        if (Interlocked.CompareExchange(ref _sentAwayAt, Math.Max(1, time.GetTimestamp()), 0) == 0) { RequestClose(); }
    }

    /// <summary>Whether a request that comes now comes from a client that has heard GOAWAY and goes on all the same.</summary>
    public bool IgnoresGoAway(TimeProvider time) =>
        Interlocked.Read(ref _sentAwayAt) is > 0 and var sentAwayAt && time.GetElapsedTime(sentAwayAt) > ConnectionSet.GoAwayIsHeard;
}
