using System.Net;
using Microsoft.AspNetCore.Connections;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>A listener that can be closed while its server goes on serving the connections that exist.</summary>
/// <remarks>
/// What the kernel has accepted is handed to the server before the socket closes, where its <paramref name="queue"/> is known. Kestrel
/// unbinds and disposes the listener once more when it stops: both are passed on at most once.
/// </remarks>
internal sealed class ClosableListener(IConnectionListener inner, AcceptQueue? queue, ConnectionSet connections) : IConnectionListener
{
    private readonly Lock _lock = new();
    private Task<CloseWay>? _closing; // Guarded by _lock.

    public EndPoint EndPoint => inner.EndPoint;

    /// <summary>Gets a value indicating whether the socket belongs to somebody else too (systemd's activation, a handed-over descriptor).</summary>
    public bool IsInherited { get; init; }

    /// <summary>Gets a value indicating whether it is not for clients: it stays open until the server stops, and nothing on it is counted.</summary>
    public bool IsManagement { get; init; }

    /// <summary>Gets how it would be closed.</summary>
    public CloseWay PlannedWay => queue?.PlannedWay ?? CloseWay.AtOnce;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        ConnectionContext? connection = await inner.AcceptAsync(cancellationToken);
        if (connection is not null) { connections.Add(connection, IsManagement); }

        return connection;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => new(CloseAsync(cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>Closes the listener. The first call decides how long it may take.</summary>
    /// <param name="hurry">Close now, whatever still waits.</param>
    public Task<CloseWay> CloseAsync(CancellationToken hurry)
    {
        lock (_lock) { return _closing ??= Task.Run(() => EmptyAndUnbindAsync(hurry), CancellationToken.None); }
    }

    private async Task<CloseWay> EmptyAndUnbindAsync(CancellationToken hurry)
    {
        CloseWay way = queue is null ? CloseWay.AtOnce : await queue.EmptyAsync(hurry);
        await inner.UnbindAsync(CancellationToken.None);
        return way;
    }
}
