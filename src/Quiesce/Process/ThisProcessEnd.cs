using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Quiesce;

/// <summary>Ends this process, in two steps: politely, then by the kernel.</summary>
internal sealed partial class ThisProcessEnd : IProcessEnd
{
    /// <summary>The timer that counts real time and sends SIGALRM, whose default action ends the process (setitimer(2)).</summary>
    private const int RealTimer = 0;

    /// <summary>How long the last line may take: a healthy standard error needs microseconds.</summary>
    private static readonly TimeSpan _lineLimit = TimeSpan.FromMilliseconds(50);

    /// <summary>How long <see cref="Environment.Exit"/> may take before the process is ended without exit handlers. Half of the
    /// smallest margin is 250 ms: line and exit must fit in it.</summary>
    private static readonly TimeSpan _exitLimit = TimeSpan.FromMilliseconds(150);

    public void SetExitCode(int exitCode) => Environment.ExitCode = exitCode;

    public void WriteLastLine(string line) => RunFor(_lineLimit, () => Console.Error.WriteLine(line));

    public void EndByKernelAfter(TimeSpan delay)
    {
        // Windows has no such timer; a debugger would lose its process.
        if (OperatingSystem.IsWindows() || Debugger.IsAttached) { return; }

        // Zero would switch the timer off instead of letting it fire.
        long microseconds = Math.Max(1, (long)delay.TotalMicroseconds);
        var once = new Interval { Seconds = (nint)(microseconds / 1_000_000), Microseconds = (nint)(microseconds % 1_000_000) };

        // Where the C library has no such call, the watchdog remains.
        try { _ = SetTimer(RealTimer, in once, 0); }
        catch (EntryPointNotFoundException) { return; }
        catch (DllNotFoundException) { return; }
    }

    public void End(int exitCode)
    {
        // Exit handlers may hang, and then Environment.Exit never returns: it gets a thread of its own.
        RunFor(_exitLimit, () => Environment.Exit(exitCode));
        EndWithoutHandlers(exitCode);
    }

    private static void RunFor(TimeSpan limit, Action action)
    {
        // Standard error may be closed, or there may be no memory or no process id for a thread: go on to the next step.
        try
        {
            var thread = new Thread(() => Try(action)) { IsBackground = true, Name = "Quiesce process end" };
            thread.UnsafeStart();
            thread.Join(limit);
        }
        catch (Exception) { return; }
    }

    private static void Try(Action action)
    {
        try { action(); }
        catch (Exception) { return; }
    }

    private static void EndWithoutHandlers(int exitCode)
    {
        if (!OperatingSystem.IsWindows()) { ExitAtOnce(exitCode); }

        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitAtOnce(int exitCode);

    [LibraryImport("libc", EntryPoint = "setitimer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetTimer(int which, in Interval value, nint previous);

    /// <summary>The kernel's <c>struct itimerval</c>; no repetition.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Interval
    {
        public nint RepeatSeconds;
        public nint RepeatMicroseconds;
        public nint Seconds;
        public nint Microseconds;
    }
}
