using System.Runtime.InteropServices;

namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>What the kernel offers to threads that want to be on time. Linux only (glibc or musl).</summary>
internal static partial class SchedulerCalls
{
    /// <summary>For sched_getattr (thread, where to, size, 0) and sched_setattr (thread, what, 0).</summary>
    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint SystemCall(nint number, nint thread, ref SchedulingAttributes attributes, nint sizeOrFlags, nint flags);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    public static partial int GetAffinity(int thread, nint size, ref ulong firstWord);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    public static partial int SetAffinity(int thread, nint size, ref ulong firstWord);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    public static partial int NanoSleep(in Timespec duration, nint remaining);
}
