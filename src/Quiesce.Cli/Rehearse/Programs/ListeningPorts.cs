using System.Globalization;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Finds out on which ports processes listen: their sockets, looked up in the kernel's table.</summary>
internal static class ListeningPorts
{
    private const string Listen = "0A";

    public static IReadOnlyList<int> Of(IEnumerable<int> processes)
    {
        HashSet<string> sockets = [.. processes.SelectMany(SocketsOf)];
        return [.. Listeners().Where(listener => sockets.Contains(listener.Socket)).Select(static listener => listener.Port).Distinct().Order()];
    }

    private static List<string> SocketsOf(int process)
    {
        try
        {
            // Each open file is a link; a socket's reads "socket:[number]".
            return
            [
                .. Directory.EnumerateFiles($"/proc/{process}/fd")
                    .Select(static link => new FileInfo(link).LinkTarget)
                    .OfType<string>()
                    .Where(static target => target.StartsWith("socket:[", StringComparison.Ordinal))
                    .Select(static target => target[8..^1]),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // It ended while we looked, or it changed its user.
        }
    }

    private static IEnumerable<(string Socket, int Port)> Listeners()
    {
        foreach (string table in ListenerWatch.Tables.Where(File.Exists))
        {
            foreach (string line in File.ReadLines(table).Skip(1))
            {
                // "sl local_address remote_address state tx:rx tr:when retransmits uid timeout inode …"
                string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length < 10 || fields[3] != Listen) { break; } // Listeners come first.
                string port = fields[1][(fields[1].LastIndexOf(':') + 1)..];
                yield return (fields[9], int.Parse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            }
        }
    }
}
