using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>The sockets that the transport makes, by the endpoint it makes them for: the transport itself shows none of them.</summary>
/// <remarks>Never an inherited socket (systemd's activation, a handed-over descriptor): its queue belongs to whoever else holds it. One that the application
/// makes in a way of its own may be somebody else's too (a descriptor it was given): its queue is emptied, but nothing is attached to it that would outlive us.</remarks>
internal sealed class ListenSockets : IPostConfigureOptions<SocketTransportOptions>
{
    private readonly ConcurrentDictionary<EndPoint, AcceptQueue> _made = new(ReferenceEqualityComparer.Instance);

    public void PostConfigure(string? name, SocketTransportOptions options)
    {
        Func<EndPoint, Socket> create = options.CreateBoundListenSocket;
        bool isOurs = create == (Func<EndPoint, Socket>)SocketTransportOptions.CreateDefaultBoundListenSocket;
        options.CreateBoundListenSocket = endpoint =>
        {
            Socket socket = create(endpoint);
            if (endpoint is not FileHandleEndPoint) { _made[endpoint] = new AcceptQueue(socket, isOurs); }

            return socket;
        };
    }

    /// <summary>Takes the queue of the socket that was made for this very endpoint, once.</summary>
    public AcceptQueue? Take(EndPoint endpoint) => _made.TryRemove(endpoint, out AcceptQueue? queue) ? queue : null;
}
