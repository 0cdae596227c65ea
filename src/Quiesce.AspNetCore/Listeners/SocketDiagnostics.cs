using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Asks the kernel whether there are sockets of a port in a certain state (Linux, sock_diag(7)).</summary>
/// <remarks>The tables under <c>/proc/net</c> say it as well, with a line for each connection of the machine's, those closed within the last minute included:
/// with tens of thousands of them that takes some hundred milliseconds. Asked here, the kernel passes all others over.</remarks>
internal static partial class SocketDiagnostics
{
    // netlink(7) and linux/inet_diag.h; the same on every architecture that .NET runs on.
    private const int NetlinkFamily = 16;
    private const int RawSocket = 3;
    private const int CloseOnExec = 0x80000;
    private const int DiagnosticsProtocol = 4;
    private const int DoNotWait = 0x40;
    private const ushort ByFamily = 20; // a question, and each socket in the answer
    private const ushort Done = 3;
    private const ushort RequestDump = 0x301;
    private const byte IPv4 = 2;
    private const byte IPv6 = 10;
    private const byte Tcp = 6;
    private const int HeaderBytes = 16;
    private const int QuestionBytes = HeaderBytes + 56;

    /// <summary>The kernel's number of a state (net/tcp_states.h).</summary>
    public enum SocketState
    {
        Established = 1,
        SynReceived = 3,
        Listening = 10,
    }

    /// <summary>Returns whether there is one, IPv4 or IPv6; <see langword="null"/>: the kernel does not say.</summary>
    public static bool? Any(SocketState state, int port)
    {
        try { return Any(IPv4, state, port) switch { false => Any(IPv6, state, port), var said => said }; }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException) { return null; }
    }

    private static bool? Any(byte family, SocketState state, int port)
    {
        int socket = Open(NetlinkFamily, RawSocket | CloseOnExec, DiagnosticsProtocol);
        if (socket < 0) { return null; } // some sandboxes forbid it

        try
        {
            Span<byte> question = stackalloc byte[QuestionBytes];
            Write(question, family, state, port);
            if (Send(socket, question, QuestionBytes, 0) != QuestionBytes) { return null; }

            // The answer's first message says enough, and is there when the call above returns.
            Span<byte> answer = stackalloc byte[HeaderBytes];
            if (Receive(socket, answer, HeaderBytes, DoNotWait) < HeaderBytes) { return null; }

            return MemoryMarshal.Read<ushort>(answer[4..]) switch { ByFamily => true, Done => false, _ => null };
        }
        finally
        {
            _ = Close(socket);
        }
    }

    /// <summary>A <c>struct nlmsghdr</c> and a <c>struct inet_diag_req_v2</c>; what is not written is zero, and means any.</summary>
    private static void Write(Span<byte> question, byte family, SocketState state, int port)
    {
        question.Clear();
        MemoryMarshal.Write(question, QuestionBytes);
        MemoryMarshal.Write(question[4..], ByFamily);
        MemoryMarshal.Write(question[6..], RequestDump);
        question[HeaderBytes] = family;
        question[HeaderBytes + 1] = Tcp;
        MemoryMarshal.Write(question[(HeaderBytes + 4)..], 1u << (int)state);
        BinaryPrimitives.WriteUInt16BigEndian(question[(HeaderBytes + 8)..], (ushort)port);
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Send(int socket, ReadOnlySpan<byte> bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "recv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Receive(int socket, Span<byte> bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int socket);
}
