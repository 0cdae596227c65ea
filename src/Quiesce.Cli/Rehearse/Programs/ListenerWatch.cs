using System.Globalization;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Sees from outside whether anybody listens on a port.</summary>
/// <remarks>
/// It reads the kernel's table instead of connecting: a probing connection would look like traffic to a program that waits for new
/// connections to stop, and would be one more thing for a closing listener to reset.
/// </remarks>
internal sealed class ListenerWatch(TimeProvider time)
{
    // The kernel offers no event for "listener closed" to a stranger. 10 ms is a tenth of what a person would call at once,
    // and only the first lines of the table are read each time, because listeners come first.
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(10);
    /// <summary>Where the kernel lists TCP sockets.</summary>
    public static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Completes with the timestamp at which the port was first seen closed.</summary>
    public async Task<long> WaitForCloseAsync(int port, CancellationToken cancellationToken)
    {
        while (IsListening(port)) { await Task.Delay(_interval, time, cancellationToken); }
        return time.GetTimestamp();
    }

    /// <summary>Completes when somebody listens on the port.</summary>
    public async Task WaitForOpenAsync(int port, CancellationToken cancellationToken)
    {
        while (!IsListening(port)) { await Task.Delay(_interval, time, cancellationToken); }
    }

    public static bool IsListening(int port)
    {
        string suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return Tables.Any(table => Listens(table, suffix));
    }

    private static bool Listens(string table, string suffix)
    {
        if (!File.Exists(table)) { return false; }
        foreach (string line in File.ReadLines(table).Skip(1))
        {
            // "sl local_address remote_address state …"; 0A is LISTEN.
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 4 || fields[3] != "0A") { return false; }
            if (fields[1].EndsWith(suffix, StringComparison.Ordinal)) { return true; }
        }

        return false;
    }
}
