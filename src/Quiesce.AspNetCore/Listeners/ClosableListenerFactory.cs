using System.Net;
using Microsoft.AspNetCore.Connections;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Decorates a transport of the server so that its listeners can be closed before the server stops.</summary>
internal sealed class ClosableListenerFactory(IConnectionListenerFactory inner, ListenerSet listeners, ListenSockets sockets, ManagementEndpoints management, ConnectionSet connections)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => ListenerDecoration.CanBind(inner, endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        IConnectionListener bound = await inner.BindAsync(endpoint, cancellationToken);
        var listener = new ClosableListener(bound, sockets.Take(endpoint), connections)
        {
            IsInherited = endpoint is FileHandleEndPoint, IsManagement = management.Contains(endpoint),
        };
        listeners.Add(listener);
        return listener;
    }
}
