using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>A port where nobody listens, and that no other test can get meanwhile.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Endpoint = new Endpoint(1, (IPEndPoint)_socket.LocalEndPoint!);
    }

    public Endpoint Endpoint { get; }

    public void Dispose() => _socket.Dispose();
}
