using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>The sockets that the transport makes, by the endpoint it makes them for: the transport itself shows none of them.</summary>
/// <remarks>Never an inherited socket (systemd's activation, a handed-over descriptor): its queue belongs to whoever else holds it.</remarks>
internal sealed class ListenSockets : IPostConfigureOptions<SocketTransportOptions>
{
    private readonly ConcurrentDictionary<EndPoint, Socket> _made = new(ReferenceEqualityComparer.Instance);

    public void PostConfigure(string? name, SocketTransportOptions options)
    {
        Func<EndPoint, Socket> create = options.CreateBoundListenSocket;
        options.CreateBoundListenSocket = endpoint =>
        {
            Socket socket = create(endpoint);
            if (endpoint is not FileHandleEndPoint) { _made[endpoint] = socket; }

            return socket;
        };
    }

    /// <summary>Takes the socket that was made for this very endpoint, once.</summary>
    public Socket? Take(EndPoint endpoint) => _made.TryRemove(endpoint, out Socket? socket) ? socket : null;
}
