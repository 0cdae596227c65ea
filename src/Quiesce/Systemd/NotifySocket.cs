using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Quiesce;

/// <summary>The service manager's socket, as <c>sd_notify(3)</c> describes it: one datagram of lines per message.</summary>
/// <remarks>Thread-safe. A manager that is gone or does not read costs a message, never an exception and never more than a moment.</remarks>
internal sealed class NotifySocket(string path)
{
    /// <summary>systemd reads within microseconds; only a full queue makes the sender wait.</summary>
    private const int SendLimitMilliseconds = 250;

    /// <summary>Gets how often the manager wants to hear that the process lives, or <see langword="null"/> if it does not ask.</summary>
    public TimeSpan? WatchdogPeriod { get; init; }

    /// <summary>The manager's socket, or <see langword="null"/> if there is none that we can speak to.</summary>
    public static NotifySocket? Find() => OperatingSystem.IsWindows() ? null : From(Environment.GetEnvironmentVariable);

    internal static NotifySocket? From(Func<string, string?> variable)
    {
        // '@' stands for the zero byte that begins an abstract name. Anything else, such as "vsock:", is not for a Unix socket.
        string? address = variable("NOTIFY_SOCKET");
        if (address is not ['/' or '@', _, ..]) { return null; }

        return new NotifySocket(address[0] == '@' ? '\0' + address[1..] : address) { WatchdogPeriod = ReadPeriod(variable) };
    }

    public void Send(params IEnumerable<string> lines)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = SendLimitMilliseconds };
            socket.SendTo(Encoding.UTF8.GetBytes(string.Join('\n', lines)), new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException) { return; }
    }

    private static TimeSpan? ReadPeriod(Func<string, string?> variable)
    {
        // The variables are inherited: a child of the service must not answer for it.
        string ourId = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        bool isForUs = variable("WATCHDOG_PID") is not { Length: > 0 } id || id == ourId;
        return isForUs && long.TryParse(variable("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }
}
