using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>A listener that can be closed while its server goes on serving the connections that exist.</summary>
/// <remarks>Kestrel unbinds and disposes it once more when it stops: both are passed on at most once.</remarks>
internal sealed class ClosableListener(IConnectionListener inner) : IConnectionListener
{
    private readonly Lock _lock = new();
    private Task? _closing; // Guarded by _lock.

    public EndPoint EndPoint => inner.EndPoint;

    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => inner.AcceptAsync(cancellationToken);

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => new(CloseAsync());

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public Task CloseAsync()
    {
        lock (_lock) { return _closing ??= Task.Run(() => inner.UnbindAsync().AsTask()); }
    }
}
