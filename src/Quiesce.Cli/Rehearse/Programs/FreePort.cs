using System.Net;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Ports on loopback: finding a free one, and telling whether a given one is.</summary>
internal static class FreePort
{
    /// <summary>A port that nobody listens on now. Somebody may take it before the program does; then the program says so.</summary>
    /// <exception cref="QuiesceException">There is none.</exception>
    public static int Find()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException error)
        {
            throw new QuiesceException(
                ExitCodes.Program,
                $"There is no free port on 127.0.0.1: {error.Message}. Raise the limit of open files (ulimit -n), or wait until what uses the ports has gone.");
        }
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
