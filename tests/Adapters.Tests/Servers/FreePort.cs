using System.Net;
using System.Net.Sockets;

namespace Adapters.Tests.Servers;

internal static class FreePort
{
    /// <summary>Gets ports that nobody listens on. All are held until all are known, so that they differ.</summary>
    public static int[] Get(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) { listener.Start(); }

        int[] ports = [.. listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) { listener.Dispose(); }

        return ports;
    }
}
