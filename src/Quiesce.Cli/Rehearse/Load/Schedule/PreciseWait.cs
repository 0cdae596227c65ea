namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>Waits shorter than a millisecond. The runtime's own waits count whole ones.</summary>
internal static class PreciseWait
{
    /// <summary>Blocks the thread for about as long: at most a tenth of a millisecond more on a calm machine, and less if a signal comes.</summary>
    /// <remarks>The caller looks at the clock again, as after any wait.</remarks>
    public static void For(TimeSpan duration)
    {
        long seconds = (long)duration.TotalSeconds;
        _ = SchedulerCalls.NanoSleep(new Timespec(seconds, (duration.Ticks - (seconds * TimeSpan.TicksPerSecond)) * TimeSpan.NanosecondsPerTick), remaining: 0);
    }
}
