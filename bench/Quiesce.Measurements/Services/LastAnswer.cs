using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quiesce.Measurements.Services;

/// <summary>One request over one connection, and when the last byte of its answer came.</summary>
internal sealed class LastAnswer(int port)
{
    /// <summary>Sends <c>GET /slow</c>, reports that it is sent, and closes the connection with the last byte, as a client does that was told to.</summary>
    /// <returns>The timestamp of the last byte.</returns>
    public async Task<long> GetAsync(Action sent)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync("GET /slow HTTP/1.1\r\nHost: measured\r\n\r\n"u8.ToArray());
        sent();
        var answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!IsWhole(answer.ToString()))
        {
            int count = await socket.ReceiveAsync(buffer);
            if (count == 0) { throw new InvalidOperationException($"The answer was cut off: '{answer}'."); }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return TimeProvider.System.GetTimestamp();
    }

    /// <summary>The body is "hello" in all programs, with its length or as one chunk.</summary>
    private static bool IsWhole(string answer) => answer.EndsWith("\r\n\r\nhello", StringComparison.Ordinal) || answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);
}
