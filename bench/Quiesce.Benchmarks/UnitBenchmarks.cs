using BenchmarkDotNet.Attributes;

namespace Quiesce.Benchmarks;

/// <summary>What a unit costs that has a name and an age: begun and ended, alone or on behalf of another.</summary>
[MemoryDiagnoser]
public class UnitBenchmarks
{
    private readonly WorkTracker _work = new(TimeProvider.System);
    private WorkLease _parent;
    private long _bare;

    [GlobalSetup]
    public void BeginTheParent()
    {
        if (!_work.TryBegin("parent", out _parent)) { throw new InvalidOperationException("A tracker that nobody closed refused a unit."); }
    }

    [Benchmark(Baseline = true, Description = "bare Interlocked pair")]
    public long Bare()
    {
        Interlocked.Increment(ref _bare);
        return Interlocked.Decrement(ref _bare);
    }

    [Benchmark(Description = "named unit")]
    public bool Named()
    {
        bool begun = _work.TryBegin("row", out WorkLease lease);
        lease.Dispose();
        return begun;
    }

    [Benchmark(Description = "nested unit")]
    public bool Nested()
    {
        bool begun = _work.TryBegin("mail", _parent, out WorkLease lease);
        lease.Dispose();
        return begun;
    }
}
