using System.Runtime.InteropServices;

namespace Quiesce;

/// <summary>Has the kernel end this process, without a line of managed code, at a set time.</summary>
/// <remarks>
/// setitimer(2) sends SIGALRM, whose default action ends the process; a shell reports 142. Three things would defeat it:
/// <list type="table">
/// <item><term>SIGALRM is ignored</term><description>whoever started the process may hand that down: the action is set anew.</description></item>
/// <item><term>SIGALRM is blocked</term><description>is handed down too: one thread, the watchdog's, lets it through; that is enough
/// for a signal to the process.</description></item>
/// <item><term>the process is number 1 of its namespace, as in most containers</term><description>the kernel then spares it every
/// default action (pid_namespaces(7)): libc's <c>_exit</c> itself becomes the handler. It is called with the signal's number,
/// so the exit code is 14.</description></item>
/// </list>
/// The documented exit code cannot be kept: a handler that knows it would be managed code. The timer is not handed on to child processes.
/// Windows has no such timer.
/// </remarks>
internal static partial class KernelTimer
{
    private const int RealTimer = 0;
    private const int Alarm = 14;
    private const nint DefaultAction = 0;

    /// <summary>Enough for a <c>sigset_t</c> of any platform.</summary>
    private const int SignalSetBytes = 128;

    /// <summary>Sets when. A second call replaces the first.</summary>
    public static void Set(TimeSpan delay) => Try(() =>
    {
        _ = SetAction(Alarm, Environment.ProcessId == 1 ? ExitItself() : DefaultAction);

        // Zero would switch the timer off instead of letting it fire.
        long microseconds = Math.Max(1, (long)delay.TotalMicroseconds);
        var once = new Interval { Seconds = (nint)(microseconds / 1_000_000), Microseconds = (nint)(microseconds % 1_000_000) };
        _ = SetTimer(RealTimer, in once, 0);
    });

    /// <summary>Switches it off.</summary>
    public static void Clear() => Try(static () => _ = SetTimer(RealTimer, default, 0));

    /// <summary>Lets the timer's signal through to the calling thread, which must live as long as the timer.</summary>
    public static void LetThrough() => Try(static () =>
    {
        byte[] signals = new byte[SignalSetBytes];
        _ = AddToSet(signals, Alarm);
        int unblock = OperatingSystem.IsLinux() ? 1 : 2; // SIG_UNBLOCK; the BSDs count from one
        _ = ChangeMask(unblock, signals, 0);
    });

    private static nint ExitItself() =>
        NativeLibrary.GetExport(NativeLibrary.Load("libc", typeof(KernelTimer).Assembly, DllImportSearchPath.SafeDirectories), "_exit");

    /// <summary>Where the C library has no such calls, the watchdog's own thread remains.</summary>
    private static void Try(Action call)
    {
        if (OperatingSystem.IsWindows()) { return; }

        try { call(); }
        catch (EntryPointNotFoundException) { return; }
        catch (DllNotFoundException) { return; }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SetAction(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "setitimer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetTimer(int which, in Interval value, nint previous);

    [LibraryImport("libc", EntryPoint = "sigaddset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AddToSet([In, Out] byte[] set, int signal);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeMask(int how, byte[] set, nint previous);

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
