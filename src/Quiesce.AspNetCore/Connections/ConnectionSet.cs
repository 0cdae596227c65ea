using Microsoft.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Connections;

/// <summary>The connections that are open, and those that came last. Thread-safe; asked once a connection, never for a request.</summary>
internal sealed class ConnectionSet(TimeProvider time)
{
    /// <summary>How far back the rate of new connections is looked at.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    /// <summary>A client a slow round trip away has heard GOAWAY by then; what it sent before that is served.</summary>
    public static readonly TimeSpan GoAwayIsHeard = TimeSpan.FromSeconds(1);

    /// <summary>Kestrel looks once a second whether an HTTP/2 connection has ended, as long as it is not told to stop.</summary>
    private static readonly TimeSpan _serverLooks = TimeSpan.FromSeconds(1.5);

    /// <summary>How many of the latest are looked at: at high rates a part of a minute says enough.</summary>
    private const int Most = 1024;

    /// <summary>With less to look at, a rate is a guess.</summary>
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(10);

    private readonly long _startedAt = time.GetTimestamp();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly HashSet<TrackedConnection> _open = [];
    private TrackedConnection?[] _latest = new TrackedConnection?[16]; // a ring that grows: most services see few
    private int _next;

    private volatile bool _hasManagement;

    /// <summary>Gets a value indicating whether there has been a connection to a management listener: most services have none.</summary>
    public bool HasManagement => _hasManagement;

    public void Add(ConnectionContext connection, bool isManagement = false)
    {
        var tracked = new TrackedConnection(connection, time.GetTimestamp()) { IsManagement = isManagement };
        connection.Features.Set(tracked);
        if (isManagement)
        {
            _hasManagement = true;
            return;
        }

        lock (_lock)
        {
            _open.Add(tracked);
            _latest[_next++] = tracked;
            if (_next == _latest.Length && _next < Most) { Array.Resize(ref _latest, _next * 2); } // never after it went round once

            _next %= _latest.Length;
        }

        connection.ConnectionClosed.UnsafeRegister(static (state, _) => ((Action)state!)(), () => Remove(tracked));
    }

    public TrackedConnection[] Snapshot()
    {
        lock (_lock) { return [.. _open]; }
    }

    /// <summary>Says GOAWAY on every HTTP/2 connection: nothing is lost by it, because the client knows which streams were begun.</summary>
    public void SendHttp2Away()
    {
        foreach (TrackedConnection connection in Snapshot().Where(static connection => connection.IsHttp2)) { connection.SendAway(time); }
    }

    /// <summary>Waits, for as long as the server needs to look, until the HTTP/2 connections are gone whose streams have ended. Its stop ends that
    /// look: a client that has heard GOAWAY and does not hang up would then hold the stop.</summary>
    public async Task Http2GoneAsync(CancellationToken hurry)
    {
        Task gone = GoneAsync(Snapshot().Where(static connection => connection is { IsHttp2: true, HasLongLived: false }));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        await Task.WhenAny(gone, Task.Delay(_serverLooks, time, over.Token));
        await over.CancelAsync();
    }

    /// <summary>Completes when all of them are closed.</summary>
    public static Task GoneAsync(IEnumerable<TrackedConnection> connections) => Task.WhenAll(connections.Select(ClosedAsync));

    /// <summary>Looks at the connections that came within the last minute, probes left out.</summary>
    public ConnectionRate Rate()
    {
        lock (_lock)
        {
            TimeSpan window = time.GetElapsedTime(_startedAt) is var age && age < Memory ? age : Memory;
            if (window < _least) { window = _least; }

            // A full ring that reaches less far back says how far.
            if (_latest[_next] is { } oldest && time.GetElapsedTime(oldest.AcceptedAt) is var reach && reach < window) { window = reach; }

            int count = _latest.Count(connection => connection is { IsProbe: false } && time.GetElapsedTime(connection.AcceptedAt) <= Memory);
            bool isKnown = age >= Memory || count > 0;
            return new ConnectionRate(count, window, HasClients: !isKnown || count > 0 || _open.Any(static connection => !connection.IsProbe));
        }
    }

    /// <summary>How long ago the last connection came that is no probe.</summary>
    /// <param name="atMost">What to say if none came since then.</param>
    public TimeSpan SinceLast(TimeSpan atMost)
    {
        lock (_lock)
        {
            for (int i = 1; i <= _latest.Length; i++)
            {
                TrackedConnection? connection = _latest[(_next - i + _latest.Length) % _latest.Length];
                if (connection is null || time.GetElapsedTime(connection.AcceptedAt) >= atMost) { break; }

                if (!connection.IsProbe) { return time.GetElapsedTime(connection.AcceptedAt); }
            }
        }

        return atMost;
    }

    private static Task ClosedAsync(TrackedConnection connection)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Connection.ConnectionClosed.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), closed);
        return closed.Task;
    }

    private void Remove(TrackedConnection connection)
    {
        lock (_lock) { _open.Remove(connection); }
    }
}
