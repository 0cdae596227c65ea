using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>Socket errors in words that fit into a sentence.</summary>
internal static class SocketErrorText
{
    public static string Of(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionReset => "connection reset by peer",
        // EPIPE: the reset came earlier, and only our next write found out.
        SocketError.Shutdown => "connection already closed by peer",
        SocketError.ConnectionRefused => "connection refused",
        SocketError code => $"socket error {code} ({error.Message})",
    };

    /// <summary>Whether the error is this machine's own shortage, which says nothing about the server.</summary>
    public static bool IsOwnShortage(SocketException error) => error.SocketErrorCode
        is SocketError.AddressNotAvailable or SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
}
