using System.Runtime.InteropServices;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Load;

/// <summary>Asks the kernel for the shortest slice of time for a thread that sleeps most of the time and must run when it wakes.</summary>
/// <remarks>
/// A thread that wakes on a core where another one runs waits until that one's slice is over, 1.4 ms with two cores, unless its own is shorter:
/// then it takes the core at once (Linux 6.12, "sched/eevdf: Allow shorter slices to wakeup-preempt"). It gets no larger share of the core for it, and
/// it needs no privilege, both unlike a higher priority. Older kernels take the wish and do nothing.
/// </remarks>
internal static class ShortSlice
{
    /// <summary>The shortest that the kernel accepts: sending one request is all that the thread does when it wakes.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMicroseconds(100);

    private const int ThisThread = 0;

    /// <summary>For the calling thread, and for none that it starts.</summary>
    public static void Ask()
    {
        if (Read() is not { Policy: SchedulingAttributes.Other } own) { return; } // Somebody has chosen another way for this process.
        own = own with { Flags = SchedulingAttributes.ResetOnFork, RuntimeNanoseconds = (ulong)Length.TotalNanoseconds };
        _ = Libc.SystemCall(SetNumber, ThisThread, ref own, 0, 0);
    }

    /// <summary>That of the calling thread; zero where the kernel does not tell.</summary>
    public static TimeSpan Current() => TimeSpan.FromMicroseconds((Read()?.RuntimeNanoseconds ?? 0) / 1000.0);

    // The C library has no names for these calls before its version 2.41.
    private static nint SetNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 274 : 314;

    private static nint GetNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 275 : 315;

    private static SchedulingAttributes? Read()
    {
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64)) { return null; }
        var attributes = new SchedulingAttributes();
        return Libc.SystemCall(GetNumber, ThisThread, ref attributes, Marshal.SizeOf<SchedulingAttributes>(), 0) == 0 ? attributes : null;
    }
}
