using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Load.Sending;

/// <summary>Idle keep-alive connections, to any instance: a connection that exists stays with its instance, as behind kube-proxy.</summary>
/// <remarks>
/// <para>A request takes one at random. The last one returned would be the obvious choice, but then a few hot connections carry
/// everything and the rest only age: what happens to a connection that is used now and then while its instance leaves would never
/// be seen.</para>
/// <para>A connection that the server closes while it is idle is closed from this side at once, as clients with an event loop do; a
/// server that waits for its clients to go must not wait for a client that will not look.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal sealed class ConnectionPool(int seed) : IDisposable
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<WireConnection> _idle = [];
    private readonly Random _random = new(seed);
    private int _open;
    private bool _disposed;

    /// <summary>How many connections wait for a request.</summary>
    public int IdleCount
    {
        get { lock (_lock) { return _idle.Count; } }
    }

    /// <summary>How many connections were <see cref="Adopt"/>ed and not yet ended, idle or in use.</summary>
    public int OpenCount
    {
        get { lock (_lock) { return _open; } }
    }

    /// <summary>Takes an idle connection that the server has not closed; <see langword="null"/> when there is none.</summary>
    /// <remarks>The caller owns it and MUST hand it to <see cref="Return"/>.</remarks>
    public WireConnection? Take()
    {
        while (TakeAny() is { } connection)
        {
            if (!connection.HasSpoken) { return connection; }
            End(connection);
        }

        return null;
    }

    /// <summary>Counts a new connection as one of the pool's. The caller MUST hand it to <see cref="Return"/>.</summary>
    public void Adopt()
    {
        lock (_lock)
        {
            _open++;
        }
    }

    /// <summary>Takes back a connection after its exchange: keeps it if it allows reuse, closes it otherwise.</summary>
    public void Return(WireConnection connection)
    {
        if (connection.CanBeReused && Keep(connection)) { _ = EndWhenSpokenAsync(connection); }
        else { End(connection); }
    }

    /// <summary>Closes the idle connections. Those still in use are closed when they come back.</summary>
    public void Dispose()
    {
        WireConnection[] idle;
        lock (_lock)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (WireConnection connection in idle) { End(connection); }
    }

    private WireConnection? TakeAny()
    {
        lock (_lock)
        {
            if (_idle.Count == 0) { return null; }
            int index = _random.Next(_idle.Count);
            WireConnection connection = _idle[index];
            _idle[index] = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            connection.IsIdle = false;
            return connection;
        }
    }

    private bool Keep(WireConnection connection)
    {
        connection.BecomeIdle();
        lock (_lock)
        {
            if (_disposed) { return false; }
            _idle.Add(connection);
            connection.IsIdle = true;
            return true;
        }
    }

    // Never faults, and ends when the connection does: nobody needs to await it.
    private async Task EndWhenSpokenAsync(WireConnection connection)
    {
        await connection.Spoke!;
        // While it was in use, the server spoke because it answered; that is most often so, and needs no lock. By now the connection may be idle again, with
        // another watch: so look again before closing. Whoever removes it from the list owns it: a request that takes it at this moment wins or loses whole.
        if (!connection.IsIdle) { return; }
        bool isOurs;
        lock (_lock)
        {
            isOurs = _idle.Contains(connection) && connection.HasSpoken && _idle.Remove(connection);
        }

        if (isOurs) { End(connection); }
    }

    private void End(WireConnection connection)
    {
        connection.Dispose();
        lock (_lock)
        {
            _open--;
        }
    }
}
