using System.Runtime.InteropServices;

namespace Quiesce;

/// <summary>Ends this process, in two steps: politely, then by the kernel.</summary>
internal sealed partial class ThisProcessEnd : IProcessEnd
{
    /// <summary>How long the last line may take: a healthy standard error needs microseconds.</summary>
    private static readonly TimeSpan _lineLimit = TimeSpan.FromMilliseconds(50);

    /// <summary>How long <see cref="Environment.Exit"/> may take before the process is ended without exit handlers. Half of the
    /// smallest margin is 250 ms: line and exit must fit in it.</summary>
    private static readonly TimeSpan _exitLimit = TimeSpan.FromMilliseconds(150);

    public void SetExitCode(int exitCode) => Environment.ExitCode = exitCode;

    public void WriteLastLine(string line) => RunFor(_lineLimit, () => Console.Error.WriteLine(line));

    public void End(int exitCode)
    {
        // Exit handlers may hang, and then Environment.Exit never returns: it gets a thread of its own.
        RunFor(_exitLimit, () => Environment.Exit(exitCode));
        EndWithoutHandlers(exitCode);
    }

    private static void RunFor(TimeSpan limit, Action action)
    {
        var thread = new Thread(() =>
        {
            // Standard error may be closed or be something else by now; a last line is worth no crash.
            try { action(); }
            catch (Exception) { return; }
        }) { IsBackground = true, Name = "Quiesce process end" };
        thread.UnsafeStart();
        thread.Join(limit);
    }

    private static void EndWithoutHandlers(int exitCode)
    {
        if (!OperatingSystem.IsWindows()) { ExitAtOnce(exitCode); }

        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitAtOnce(int exitCode);
}
