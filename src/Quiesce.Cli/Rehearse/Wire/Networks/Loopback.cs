using System.Net;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire.Networks;

/// <summary>This machine's own: as good as no delay.</summary>
internal sealed class Loopback : IWireNetwork
{
    public static readonly Loopback Instance = new();

    /// <inheritdoc/>
    public TimeSpan Delay => TimeSpan.Zero;

    /// <inheritdoc/>
    public async Task<Connected<Socket>> ConnectAsync(IPEndPoint address, CancellationToken limit)
    {
        Socket? socket = null;
        bool connected = false;
        try
        {
            socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            SocketError error = await ConnectOperation.RunAsync(socket, address, limit);
            if (error == SocketError.Success && IsConnectedToItself(socket)) { error = SocketError.ConnectionRefused; }
            connected = error == SocketError.Success;
            return connected ? socket : new SocketException((int)error);
        }
        catch (SocketException shortage)
        {
            return shortage; // No socket could be made, or its end was reset before it could be looked at.
        }
        finally
        {
            if (!connected) { socket?.Dispose(); }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Nobody listens, and the kernel happened to choose the server's port as ours: TCP's simultaneous open then connects the socket
    // to itself. A storm of connects to a closed port in the ephemeral range meets this about once in 28,000 times, and our own
    // request would come back as an answer that is no HTTP: a loss that never was.
    internal static bool IsConnectedToItself(Socket socket) => Equals(socket.LocalEndPoint, socket.RemoteEndPoint);
}
