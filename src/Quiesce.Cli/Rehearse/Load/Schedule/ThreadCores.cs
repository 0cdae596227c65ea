namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>Keeps threads on different cores.</summary>
/// <remarks>Linux only; elsewhere, and on a machine with more than 1,024 cores, it does nothing. Threads that the runtime starts meanwhile are not confined: it gives each the cores of the process.
/// Thread-safe: each call is about the thread that makes it.</remarks>
internal static class ThreadCores
{
    private const int BitsPerWord = 64;

    // As large as the C library's own set: 1,024 cores.
    private const int Words = 16;

    private const int ThisThread = 0;

    /// <summary>Confines the calling thread to its part of the cores that it may run on, dealt out in turn. With fewer cores than parts, it may still use them all.</summary>
    /// <param name="part">From 0 to one less than <paramref name="parts"/>.</param>
    /// <param name="parts">How many threads share the cores.</param>
    public static void Take(int part, int parts)
    {
        IReadOnlyList<int> cores = Current();
        if (cores.Count < parts) { return; }
        Span<ulong> own = stackalloc ulong[Words];
        own.Clear();
        for (int i = part; i < cores.Count; i += parts) { own[cores[i] / BitsPerWord] |= 1UL << (cores[i] % BitsPerWord); }
        _ = SchedulerCalls.SetAffinity(ThisThread, Words * sizeof(ulong), ref own[0]);
    }

    /// <summary>The cores that the calling thread may run on, in order; none where the kernel does not tell.</summary>
    public static IReadOnlyList<int> Current()
    {
        Span<ulong> allowed = stackalloc ulong[Words];
        allowed.Clear();
        if (!OperatingSystem.IsLinux() || SchedulerCalls.GetAffinity(ThisThread, Words * sizeof(ulong), ref allowed[0]) != 0) { return []; }
        List<int> cores = [];
        for (int core = 0; core < Words * BitsPerWord; core++)
        {
            if ((allowed[core / BitsPerWord] >> (core % BitsPerWord) & 1) != 0) { cores.Add(core); }
        }

        return cores;
    }
}
