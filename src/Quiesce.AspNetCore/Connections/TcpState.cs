using System.Buffers.Binary;
using System.Net.Sockets;

namespace Quiesce.AspNetCore.Connections;

/// <summary>What the kernel says of a connection (Linux, tcp(7), <c>TCP_INFO</c>).</summary>
internal static class TcpState
{
    private const int TcpLevel = 6;
    private const int Info = 11;

    // In the kernel's struct tcp_info, which only ever grows at its end.
    private const int UnacknowledgedSegments = 24;
    private const int NotSentBytes = 144;
    private const int Size = NotSentBytes + sizeof(uint);

    /// <summary>Returns whether bytes wait to be sent, or for the other side's acknowledgement. Where the kernel does not say, they may.</summary>
    public static bool HasUnsent(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || socket.ProtocolType != ProtocolType.Tcp) { return true; }

        Span<byte> info = stackalloc byte[Size];
        try
        {
            return socket.GetRawSocketOption(TcpLevel, Info, info) < Size || Field(info, UnacknowledgedSegments) > 0 || Field(info, NotSentBytes) > 0;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return false; // it is gone
        }

        static uint Field(ReadOnlySpan<byte> info, int offset) =>
            BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(info[offset..]) : BinaryPrimitives.ReadUInt32BigEndian(info[offset..]);
    }
}
