using Quiesce.Cli.Rehearse.Wire.Http2;

namespace Quiesce.Cli.Rehearse.Load.Sending;

/// <summary>The kept connections of HTTP/2, to any instance: as many clients with one connection each, over which all of their requests go.</summary>
/// <remarks>A request takes one at random. One that the server takes out of use, by GOAWAY or by closing it, is replaced when the next request needs
/// one. Thread-safe.</remarks>
internal sealed class Http2Pool(int seed) : IDisposable
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<Http2Connection> _kept = [];
    private readonly Random _random = new(seed);
    private int _opening;
    private bool _disposed;

    /// <summary>Takes one with room for a request; <see langword="null"/> when the caller has to open one.</summary>
    /// <remarks>After <see langword="null"/> the caller MUST call <see cref="Keep"/> or <see cref="GiveUp"/> once.</remarks>
    public Http2Connection? Take()
    {
        lock (_lock)
        {
            _kept.RemoveAll(static connection => connection.IsLeaving);
            Http2Connection[] usable = [.. _kept.Where(static connection => connection.HasRoom)];
            if (usable.Length > 0 && _kept.Count + _opening >= LoadDefaults.Http2Connections) { return usable[_random.Next(usable.Length)]; }
            _opening++;
            return null;
        }
    }

    /// <summary>Keeps a connection that the caller has opened.</summary>
    public void Keep(Http2Connection connection)
    {
        lock (_lock)
        {
            _opening--;
            if (!_disposed)
            {
                _kept.Add(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>The caller could not open one.</summary>
    public void GiveUp()
    {
        lock (_lock) { _opening--; }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        lock (_lock) { _disposed = true; }
        foreach (Http2Connection connection in _kept) { connection.Dispose(); }
    }
}
