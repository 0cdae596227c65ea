using System.Globalization;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Looks for connections that have begun to open and are in no listener's queue yet (Linux).</summary>
/// <remarks>A listening socket does not count them. Where the kernel cannot be asked for them alone, it lists them among all others in <c>/proc/net/tcp</c>
/// and <c>/proc/net/tcp6</c> (proc(5)).</remarks>
internal static class Handshakes
{
    private const string ReceivedSyn = "03"; // TCP_SYN_RECV

    /// <summary>Returns whether a handshake with <paramref name="port"/> is under way. Where the kernel does not say, there may be one.</summary>
    public static bool UnderWay(int port) => SocketDiagnostics.Any(SocketDiagnostics.SocketState.SynReceived, port)
        ?? (Lists("/proc/self/net/tcp", port) || Lists("/proc/self/net/tcp6", port));

    /// <summary>Returns whether a table of the kernel's lists one.</summary>
    internal static bool Lists(string table, int port)
    {
        // "  sl  local_address rem_address   st …": the port is what follows the colon, in hexadecimal.
        string local = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        try
        {
            // Looked at as a whole first: there is a line for each connection of the machine's.
            return File.ReadLines(table)
                .Where(static line => line.Contains(" " + ReceivedSyn, StringComparison.Ordinal))
                .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Any(fields => fields.Length > 3 && fields[3] == ReceivedSyn && fields[1].EndsWith(local, StringComparison.Ordinal));
        }
        catch (FileNotFoundException)
        {
            return false; // no IPv6
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
