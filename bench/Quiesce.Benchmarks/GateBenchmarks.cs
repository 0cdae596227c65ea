using BenchmarkDotNet.Attributes;

namespace Quiesce.Benchmarks;

/// <summary>What a unit costs that is only counted: one entry and one exit, against the least that counting can cost.</summary>
[MemoryDiagnoser]
public class GateBenchmarks : IDisposable
{
    private readonly InFlightGate _gate = new();
    private readonly CountdownEvent _countdown = new(1);
    private readonly Lock _lock = new();
    private long _bare;
    private long _locked;

    [GlobalCleanup]
    public void Dispose()
    {
        _countdown.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "bare Interlocked pair")]
    public long Bare()
    {
        Interlocked.Increment(ref _bare);
        return Interlocked.Decrement(ref _bare);
    }

    [Benchmark(Description = "gate")]
    public bool Gate()
    {
        bool entered = _gate.TryEnter();
        _gate.Exit();
        return entered;
    }

    [Benchmark(Description = "CountdownEvent")]
    public bool Countdown()
    {
        bool entered = _countdown.TryAddCount();
        _countdown.Signal();
        return entered;
    }

    [Benchmark(Description = "lock")]
    public long Locked()
    {
        lock (_lock) { _locked++; }

        lock (_lock) { return --_locked; }
    }
}
