using System.Globalization;

namespace Quiesce.Measurements.Footprint;

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessFigures
{
    /// <summary>Memory that only this process has, in KiB.</summary>
    public static double PrivateKilobytes(int process) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Where(static line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    /// <summary>How often each thread has gone to sleep, by id and name.</summary>
    public static Dictionary<(string Id, string Name), long> Sleeps(int process) => Directory.GetDirectories($"/proc/{process}/task").ToDictionary(
        static task => (Path.GetFileName(task), File.ReadAllText(Path.Combine(task, "comm")).Trim()),
        static task => long.Parse(File.ReadLines(Path.Combine(task, "status")).Single(static line => line.StartsWith("voluntary_ctxt", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture));
}
