using System.Runtime.InteropServices;

namespace Quiesce.Measurements.Schedule;

/// <summary>A thread that waits for the instants of a load and does nothing: what is late here, the machine alone has made late.</summary>
internal static partial class BareSchedule
{
    private static readonly TimeSpan _onTime = TimeSpan.FromMilliseconds(1);

    public static int Run(int rate, TimeSpan duration)
    {
        TimeProvider time = TimeProvider.System;
        var gaps = new Random(rate);
        (long count, long late, TimeSpan worst) = (0, 0, TimeSpan.Zero);
        Sleep(_onTime); // once before: it has to be compiled, and the C library to be found
        long startedAt = time.GetTimestamp();
        for (TimeSpan due = TimeSpan.Zero; due < duration; due += TimeSpan.FromSeconds(-Math.Log(1 - gaps.NextDouble()) / rate))
        {
            while (due - time.GetElapsedTime(startedAt) is { Ticks: > 0 } wait) { Sleep(wait); }

            TimeSpan lateness = time.GetElapsedTime(startedAt) - due;
            count++;
            if (lateness > _onTime) { late++; }

            if (lateness > worst) { worst = lateness; }
        }

        Say.Result($"{count} {late} {worst.TotalMilliseconds:0.0}");
        return 0;
    }

    /// <summary>By the kernel's own timer, as the load waits: the runtime counts whole milliseconds.</summary>
    private static void Sleep(TimeSpan wait)
    {
        var duration = new Duration((long)wait.TotalSeconds, wait.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        _ = NanoSleep(in duration, remaining: 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NanoSleep(in Duration duration, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Duration(long Seconds, long Nanoseconds);
}
