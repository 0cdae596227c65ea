using System.Globalization;

namespace Quiesce;

/// <summary>Where a thread of this process is, as the kernel tells in proc(5). Elsewhere than on Linux only that there is one.</summary>
internal static class KernelThread
{
    private const int Unknown = int.MaxValue;

    /// <summary>Gets the kernel's number of the calling thread.</summary>
    public static int Current
    {
        get
        {
            // The link reads "PID/task/TID".
            string? link = OperatingSystem.IsLinux() ? new FileInfo("/proc/thread-self").LinkTarget : null;
            return int.TryParse(Path.GetFileName(link), NumberStyles.None, CultureInfo.InvariantCulture, out int thread) ? thread : Unknown;
        }
    }

    /// <summary>Says what a thread does.</summary>
    public static string Describe(int thread)
    {
        if (thread == Unknown) { return "it holds its thread"; }

        // "TID (name) S ...": the name may hold anything, so the last parenthesis counts.
        string stat = Read(thread, "stat");
        int name = stat.LastIndexOf(')');
        if (name >= 0 && stat.AsSpan(name + 1).TrimStart().StartsWith('R')) { return $"it keeps thread {thread} running"; }

        // The kernel's function it sleeps in; "0" where we may not know.
        string function = Read(thread, "wchan");
        return $"it blocks thread {thread}" + (function is "" or "0" ? "" : $" in {function}");
    }

    private static string Read(int thread, string file)
    {
        try { return File.ReadAllText($"/proc/self/task/{thread}/{file}"); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { return ""; }
    }
}
