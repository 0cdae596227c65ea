using BenchmarkDotNet.Attributes;

namespace Quiesce.Benchmarks;

/// <summary>What a unit costs each of two cores that begin and end units at once, against a count that both share.</summary>
[MemoryDiagnoser]
public class ContentionBenchmarks
{
    private const int Operations = 1_000_000;
    private const int Cores = 2;
    private readonly WorkTracker _work = new(TimeProvider.System);
    private long _bare;

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations, Description = "bare Interlocked pair, shared")]
    public void Bare() => Together(() =>
    {
        Interlocked.Increment(ref _bare);
        Interlocked.Decrement(ref _bare);
    });

    [Benchmark(OperationsPerInvoke = Operations, Description = "named unit")]
    public void Named() => Together(() =>
    {
        _work.TryBegin("row", out WorkLease lease);
        lease.Dispose();
    });

    private static void Together(Action once)
    {
        Thread[] threads = [.. Enumerable.Range(0, Cores).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < Operations; i++) { once(); }
        }))];
        foreach (Thread thread in threads) { thread.Start(); }

        foreach (Thread thread in threads) { thread.Join(); }
    }
}
