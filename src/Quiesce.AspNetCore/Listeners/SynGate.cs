using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Keeps new connections from a listening socket while those under way are still let in (Linux, TCP).</summary>
/// <remarks>
/// A classic BPF program on the socket (socket(7), <c>SO_ATTACH_FILTER</c>; no privilege needed) drops the segments that open a
/// connection. Their senders try again a second later (RFC 6298, 2.1) and are refused by then: nothing was sent, so nothing is lost.
/// <c>listen(fd, 0)</c> would be the obvious gate, but Linux still lets one connection in at a time; dropping every segment would
/// keep the handshakes under way from ending.
/// </remarks>
internal static class SynGate
{
    // Linux' numbers, the same on every architecture that .NET runs on.
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;

    private const uint FlagsOffset = 13; // of the TCP header, where the filter of a TCP socket begins to read
    private const uint Syn = 0x02;
    private const uint Ack = 0x10;

    private static readonly Instruction[] _dropOpeningSegments =
    [
        new(Code.LoadByte, 0, 0, FlagsOffset),
        new(Code.JumpIfAny, 2, 0, Ack), // part of a handshake under way, or of a connection
        new(Code.JumpIfAny, 0, 1, Syn),
        new(Code.Return, 0, 0, 0),
        new(Code.Return, 0, 0, uint.MaxValue),
    ];

    private enum Code : ushort
    {
        LoadByte = 0x30, // BPF_LD | BPF_B | BPF_ABS
        JumpIfAny = 0x45, // BPF_JMP | BPF_JSET | BPF_K
        Return = 0x06, // BPF_RET | BPF_K
    }

    /// <summary>Whether there is such a gate for this socket.</summary>
    public static bool Fits(Socket socket) => OperatingSystem.IsLinux() && socket.ProtocolType == ProtocolType.Tcp;

    /// <summary>Shuts the gate, for as long as the socket exists.</summary>
    /// <returns>Whether the kernel took it; if not, new connections still come in.</returns>
    public static bool TryShut(Socket socket)
    {
        if (!Fits(socket)) { return false; }

        GCHandle pinned = GCHandle.Alloc(_dropOpeningSegments, GCHandleType.Pinned);
        try
        {
            var program = new FilterProgram((ushort)_dropOpeningSegments.Length, pinned.AddrOfPinnedObject());
            socket.SetRawSocketOption(SocketLevel, AttachFilter, MemoryMarshal.AsBytes(new ReadOnlySpan<FilterProgram>(in program)));
            return true;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Some sandboxes forbid it; and somebody else may have closed the socket.
            return false;
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <summary>The kernel's <c>struct sock_filter</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(Code Code, byte IfTrue, byte IfFalse, uint Operand);

    /// <summary>The kernel's <c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FilterProgram(ushort Length, nint Instructions);
}
