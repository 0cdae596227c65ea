using System.Globalization;

namespace Quiesce.Measurements.Footprint;

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessFigures
{
    /// <summary>Memory that only this process has, in KiB.</summary>
    public static double PrivateKilobytes(int process) => DirtyKilobytes(process) + CleanKilobytes(process);

    /// <summary>Memory that only this process has and has written to, in KiB.</summary>
    public static double DirtyKilobytes(int process) => Kilobytes(process, "Private_Dirty");

    /// <summary>Pages of files that no other process uses now, in KiB: the kernel can drop them, and has them once for all processes that use them.</summary>
    public static double CleanKilobytes(int process) => Kilobytes(process, "Private_Clean");

    /// <summary>How often each thread has gone to sleep, by id and name.</summary>
    public static Dictionary<(string Id, string Name), long> Sleeps(int process) => Directory.GetDirectories($"/proc/{process}/task").ToDictionary(
        static task => (Path.GetFileName(task), File.ReadAllText(Path.Combine(task, "comm")).Trim()),
        static task => long.Parse(File.ReadLines(Path.Combine(task, "status")).Single(static line => line.StartsWith("voluntary_ctxt", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture));

    private static double Kilobytes(int process, string kind) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Where(line => line.StartsWith(kind, StringComparison.Ordinal))
        .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
