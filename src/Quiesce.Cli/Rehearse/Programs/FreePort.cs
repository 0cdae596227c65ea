using System.Net;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Ports on loopback: finding a free one, and telling whether a given one is.</summary>
internal static class FreePort
{
    /// <summary>A port that nobody listens on now. Somebody may take it before the program does; then the program says so.</summary>
    public static int Find()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <exception cref="QuiesceException">Somebody listens there.</exception>
    public static void Require(int port)
    {
        try
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen();
        }
        catch (SocketException error)
        {
            throw new QuiesceException(
                ExitCodes.Usage,
                $"--port {port} cannot be used on 127.0.0.1: {error.Message}. End what listens there, or leave --port out: a free one is found.");
        }
    }
}
