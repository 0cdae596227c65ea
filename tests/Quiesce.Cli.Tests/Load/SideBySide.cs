namespace Quiesce.Cli.Tests.Load;

/// <summary>Runs two actions at the same time, each on a thread of its own: the pool might run them one after the other.</summary>
internal static class SideBySide
{
    private const int SpinsBeforeYield = 1000;

    public static void Run(Action first, Action second)
    {
        var other = new Thread(() => second());
        other.Start();
        first();
        other.Join();
    }

    /// <summary>The same, round after round: neither begins one before the other is there.</summary>
    public static void RunInStep(int rounds, Action<int> first, Action<int> second)
    {
        int[] arrived = new int[rounds];
        Run(() => InStep(first), () => InStep(second));

        void InStep(Action<int> act)
        {
            for (int round = 0; round < rounds; round++)
            {
                Interlocked.Increment(ref arrived[round]);
                for (int spins = 0; Volatile.Read(ref arrived[round]) < 2; spins++)
                {
                    if (spins > SpinsBeforeYield) { Thread.Yield(); }
                }

                act(round);
            }
        }
    }
}
