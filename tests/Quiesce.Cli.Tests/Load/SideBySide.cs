using System.Runtime.ExceptionServices;

namespace Quiesce.Cli.Tests.Load;

/// <summary>Runs two actions at the same time, each on a thread of its own: the pool might run them one after the other.</summary>
internal static class SideBySide
{
    private const int SpinsBeforeYield = 1000;

    /// <summary>Throws what one of them throws. Neither may wait for the other.</summary>
    public static void Run(Action first, Action second)
    {
        Exception? failure = null;
        Thread[] threads = [.. new[] { first, second }.Select(action => new Thread(() =>
        {
            try { action(); }
            catch (Exception error) { failure = error; }
        }))];

        foreach (Thread thread in threads) { thread.Start(); }
        foreach (Thread thread in threads) { thread.Join(); }
        if (failure is not null) { ExceptionDispatchInfo.Throw(failure); }
    }

    /// <summary>The same, round after round: neither begins one before the other is there, or has failed.</summary>
    public static void RunInStep(int rounds, Action<int> first, Action<int> second)
    {
        int[] arrived = new int[rounds];
        bool failed = false;
        Run(() => InStep(first), () => InStep(second));

        void InStep(Action<int> act)
        {
            try
            {
                for (int round = 0; round < rounds && WaitForTheOther(round); round++) { act(round); }
            }
            catch
            {
                Volatile.Write(ref failed, true);
                throw;
            }
        }

        bool WaitForTheOther(int round)
        {
            Interlocked.Increment(ref arrived[round]);
            for (int spins = 0; Volatile.Read(ref arrived[round]) < 2; spins++)
            {
                if (Volatile.Read(ref failed)) { return false; }
                if (spins > SpinsBeforeYield) { Thread.Yield(); }
            }

            return true;
        }
    }
}
