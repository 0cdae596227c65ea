using System.Runtime.InteropServices;

namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>How the kernel schedules a thread: <c>struct sched_attr</c>, sched_setattr(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct SchedulingAttributes()
{
    /// <summary>SCHED_OTHER: what every thread has unless somebody says otherwise.</summary>
    public const uint Other = 0;

    /// <summary>SCHED_FLAG_RESET_ON_FORK: whatever the thread starts gets the usual again.</summary>
    public const ulong ResetOnFork = 1;

    public uint Size = 56;
    public uint Policy;
    public ulong Flags;
    public int Nice;
    public uint Priority;

    /// <summary>Of SCHED_OTHER, since Linux 6.12: the slice.</summary>
    public ulong RuntimeNanoseconds;
    public ulong DeadlineNanoseconds;
    public ulong PeriodNanoseconds;
    public uint UtilizationMinimum;
    public uint UtilizationMaximum;
}
