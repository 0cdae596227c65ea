using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Quiesce;

/// <summary>Ends this process, in two steps: politely, then by the kernel.</summary>
internal sealed partial class ThisProcessEnd : IProcessEnd
{
    /// <summary>How long the last line may take: a healthy standard error needs microseconds, a busy machine far longer. Whoever has less
    /// time bounds it by less.</summary>
    private static readonly TimeSpan _lineLimit = EndLimits.Most.LastWords;

    private const int StandardErrorFile = 2;

    // Written before our own exit, read by the exit handler, which must not take it for somebody else's.
    private volatile bool _isEnding;

    public void SetExitCode(int exitCode) => Environment.ExitCode = exitCode;

    public void WriteLastLine(string line) => RunFor(_lineLimit, () =>
    {
        // In one call, and past the console: on Unix every write of it, to standard error too, takes the lock of Console.Out, which a
        // logger holds for as long as nobody reads its pipe.
        byte[] bytes = Encoding.UTF8.GetBytes(line + Environment.NewLine);
        int written = OperatingSystem.IsWindows() ? 0 : (int)Math.Max(0, Write(StandardErrorFile, bytes, (nuint)bytes.Length));
        if (written == bytes.Length) { return; }

        using Stream errors = Console.OpenStandardError();
        errors.Write(bytes.AsSpan(written));
    });

    public bool IsDebugged => Debugger.IsAttached;

    public void EndByKernelAfter(TimeSpan delay)
    {
        // A debugger would lose its process.
        if (!IsDebugged) { KernelTimer.Set(delay); }
    }

    public void SpareFromKernel() => KernelTimer.Clear();

    public void LetKernelThrough() => KernelTimer.LetThrough();

    public void OnExit(Action<int> exiting) => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        if (!_isEnding) { exiting(Environment.ExitCode); }
    };

    public void End(int exitCode, TimeSpan exitLimit)
    {
        _isEnding = true;

        // Exit handlers may hang, and then Environment.Exit never returns: it gets a thread of its own.
        RunFor(exitLimit, () => Environment.Exit(exitCode));
        EndWithoutHandlers(exitCode);
    }

    private static void RunFor(TimeSpan limit, Action action) => OwnThread.RunAll("Quiesce process end", limit, action);

    private static void EndWithoutHandlers(int exitCode)
    {
        if (!OperatingSystem.IsWindows()) { ExitAtOnce(exitCode); }

        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int file, ReadOnlySpan<byte> bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitAtOnce(int exitCode);
}
