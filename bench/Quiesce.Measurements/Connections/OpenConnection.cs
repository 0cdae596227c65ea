using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quiesce.Measurements.Connections;

/// <summary>One connection of a client that waits: for its next request, or for messages of a WebSocket.</summary>
internal sealed class OpenConnection : IDisposable
{
    private const int NormalHead = 2;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Gets what it was told at the end: 1001 by a WebSocket's close frame, 0 by the connection's end, -1 by a reset.</summary>
    public int Told { get; private set; }

    /// <summary>Connects, and comes to wait.</summary>
    public static async Task<OpenConnection> OpenAsync(int port, bool isWebSocket)
    {
        var connection = new OpenConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        string upgrade = isWebSocket ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bWVhc3VyZWRtZWFzdXJlZA==\r\n" : "";
        await connection._socket.SendAsync(Encoding.ASCII.GetBytes($"GET {(isWebSocket ? "/ws" : "/")} HTTP/1.1\r\nHost: measured\r\n{upgrade}\r\n"));
        string end = isWebSocket ? "\r\n\r\n" : "0\r\n\r\n"; // the answer "hello" comes in chunks
        string answer = "";
        byte[] buffer = new byte[512];
        while (!answer.EndsWith(end, StringComparison.Ordinal))
        {
            int count = await connection._socket.ReceiveAsync(buffer);
            if (count == 0) { throw new InvalidOperationException($"The service closed a connection after: {answer}"); }

            answer += Encoding.ASCII.GetString(buffer, 0, count);
        }

        return connection;
    }

    /// <summary>Waits to be told to go. Answers a close frame, as clients do, and hangs up.</summary>
    /// <returns>When that was.</returns>
    public async Task<long> ToldAsync()
    {
        byte[] buffer = new byte[64];
        try
        {
            int count = await _socket.ReceiveAsync(buffer);
            long at = TimeProvider.System.GetTimestamp();
            if (count >= NormalHead + 2 && buffer[0] == 0x88) // final frame, close
            {
                Told = (buffer[NormalHead] << 8) | buffer[NormalHead + 1];
                await _socket.SendAsync(new byte[] { 0x88, 0x82, 0, 0, 0, 0, buffer[NormalHead], buffer[NormalHead + 1] }); // masked with zeros
            }

            _socket.Close();
            return at;
        }
        catch (SocketException)
        {
            Told = -1;
            return TimeProvider.System.GetTimestamp();
        }
    }

    public void Dispose() => _socket.Dispose();
}
