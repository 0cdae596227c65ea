using System.Globalization;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>Sends SIGINT to the tool when one instance of the small server has seen so many connections and requests, or its own signal: a moment that no clock decides.</summary>
/// <remarks>Each instance leaves a file in a folder: its name is the instance's number, its text the process id and the port.</remarks>
internal sealed class Interrupter
{
    private readonly int _atEvent;
    private readonly bool _atSignal;
    private int _seen;

    /// <param name="order">The folder, the instance and the event, separated by commas.</param>
    /// <param name="port">Where this instance listens.</param>
    public Interrupter(string order, int port)
    {
        string[] parts = order.Split(',');
        int number = Directory.GetFiles(parts[0]).Length + 1;
        File.WriteAllText(Path.Combine(parts[0], $"{number}"), $"{Environment.ProcessId} {port}");
        bool isMeant = parts[1] == $"{number}";
        _atSignal = isMeant && parts[2] == "told";
        _atEvent = isMeant && !_atSignal ? int.Parse(parts[2], CultureInfo.InvariantCulture) : 0;
    }

    public void Count()
    {
        if (Interlocked.Increment(ref _seen) == _atEvent) { Interrupt(); }
    }

    public void Told()
    {
        if (_atSignal) { Interrupt(); }
    }

    private static void Interrupt() => _ = Libc.Kill(ParentId(), Signals.Int);

    // "pid (name) state ppid …": the name may hold anything.
    private static int ParentId()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
