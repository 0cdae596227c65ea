using System.Net;
using Microsoft.AspNetCore.Connections;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>A listener of sockets, of the kernel's own queue.</summary>
/// <remarks>
/// What the kernel has accepted is handed to the server before the socket closes, where its <paramref name="queue"/> is known. Kestrel
/// unbinds and disposes the listener once more when it stops: both are passed on at most once.
/// </remarks>
internal sealed class ClosableListener(IConnectionListener inner, AcceptQueue? queue, ConnectionSet connections) : IConnectionListener, IClosableListener
{
    private readonly Lock _lock = new();
    private Task<CloseWay>? _closing; // Guarded by _lock.

    public EndPoint EndPoint => inner.EndPoint;

    /// <inheritdoc/>
    public bool IsInherited { get; init; }

    /// <inheritdoc/>
    public bool IsManagement { get; init; }

    /// <inheritdoc/>
    public CloseWay PlannedWay => queue?.PlannedWay ?? CloseWay.AtOnce;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        ConnectionContext? connection = await inner.AcceptAsync(cancellationToken);
        if (connection is not null) { connections.Add(connection, IsManagement); }

        return connection;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => new(CloseAsync(cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <inheritdoc/>
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
