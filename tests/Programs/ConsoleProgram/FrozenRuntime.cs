using System.Runtime.InteropServices;

namespace ConsoleProgram;

/// <summary>Brings every managed thread to a standstill, the watchdog's too.</summary>
internal static partial class FrozenRuntime
{
    /// <summary>Enough for a <c>pthread_mutex_t</c> of any platform; all zeros is an open one.</summary>
    private const int MutexBytes = 128;

    /// <summary>A native call that the garbage collector believes to be managed code: a collection waits for its end, and
    /// every other thread waits for the collection.</summary>
    public static void Freeze()
    {
        // A mutex that its owner locks again. sleep(3) would be simpler, but a signal ends it, and both SIGTERM and the
        // collector's own signal may hit this thread.
        nint mutex = Marshal.AllocHGlobal(MutexBytes);
        Marshal.Copy(new byte[MutexBytes], 0, mutex, MutexBytes);
        using var begun = new ManualResetEventSlim();
        new Thread(() =>
        {
            _ = Lock(mutex);
            begun.Set();
            _ = Lock(mutex);
        }).Start();
        begun.Wait();
        while (true) { GC.Collect(); }
    }

    [LibraryImport("libc", EntryPoint = "pthread_mutex_lock")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static partial int Lock(nint mutex);
}
