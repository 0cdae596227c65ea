using System.Runtime.InteropServices;

namespace ConsoleProgram;

/// <summary>Brings every managed thread to a standstill, the watchdog's too.</summary>
internal static partial class FrozenRuntime
{
    /// <summary>A native call that the garbage collector believes to be managed code: a collection waits for its end, and
    /// every other thread waits for the collection.</summary>
    public static void Freeze()
    {
        using var begun = new ManualResetEventSlim();
        new Thread(() =>
        {
            begun.Set();
            _ = Sleep(3600);
        }).Start();
        begun.Wait();
        while (true) { GC.Collect(); }
    }

    [LibraryImport("libc", EntryPoint = "sleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static partial uint Sleep(uint seconds);
}
