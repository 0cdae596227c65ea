using System.Runtime.InteropServices;

namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>Asks the kernel to let a thread run at once when it wakes, one that sleeps most of the time.</summary>
/// <remarks>
/// <para>The shortest slice of time: a thread that wakes on a core where another one runs waits until that one's slice is over, 1.4 ms with two cores, unless
/// its own is shorter: then it takes the core at once (Linux 6.12, "sched/eevdf: Allow shorter slices to wakeup-preempt"). It gets no larger share of
/// the core for it, and it needs no privilege. Older kernels take the wish and do nothing.</para>
/// <para>And the largest share, where the process may take it (CAP_SYS_NICE; a container's root often has not): when a machine has stood still for some milliseconds, what was due meanwhile is
/// sent in one go, instead of in turns with the answers to it, each of which makes the next one later.</para>
/// <para>Not a real-time policy: locks of the runtime spin, and yield the core to whoever holds them; from a real-time thread nobody else gets it. One was seen to spin for
/// 83 ms.</para>
/// </remarks>
internal static class PromptThread
{
    /// <summary>The shortest slice that the kernel accepts: sending one request is all that the thread does when it wakes.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMicroseconds(100);

    /// <summary>The largest share that a thread can have of those that are not real-time.</summary>
    private const int LargestShare = -20;

    private const int ThisThread = 0;

    /// <summary>For the calling thread, and for none that it starts.</summary>
    public static void Ask()
    {
        if (Read() is not { Policy: SchedulingAttributes.Other } own) { return; } // Somebody has chosen another way for this process.
        own = own with { Flags = SchedulingAttributes.ResetOnFork, RuntimeNanoseconds = (ulong)Slice.TotalNanoseconds };
        if (!TrySet(own with { Nice = LargestShare })) { _ = TrySet(own); }
    }

    /// <summary>Slice and niceness of the calling thread; zero where the kernel does not tell.</summary>
    public static (TimeSpan Slice, int Nice) Current() => Read() is { } own ? (TimeSpan.FromMicroseconds(own.RuntimeNanoseconds / 1000.0), own.Nice) : default;

    // The C library has no names for these calls before its version 2.41.
    private static nint SetNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 274 : 314;

    private static nint GetNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 275 : 315;

    private static bool TrySet(SchedulingAttributes attributes) => SchedulerCalls.SystemCall(SetNumber, ThisThread, ref attributes, 0, 0) == 0;

    private static SchedulingAttributes? Read()
    {
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64)) { return null; }
        var attributes = new SchedulingAttributes();
        return SchedulerCalls.SystemCall(GetNumber, ThisThread, ref attributes, Marshal.SizeOf<SchedulingAttributes>(), 0) == 0 ? attributes : null;
    }
}
