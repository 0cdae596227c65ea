using BenchmarkDotNet.Attributes;

namespace Quiesce.Benchmarks;

/// <summary>What it takes to say which 10,000 units are stuck: at the deadline there are milliseconds.</summary>
[MemoryDiagnoser]
public class ReportBenchmarks
{
    private const int Stuck = 10_000;
    private readonly WorkTracker _work = new(TimeProvider.System);
    private ReportBuilder _builder = null!;
    private ShutdownReport _report = null!;

    [GlobalSetup]
    public void BeginTheUnits()
    {
        for (int i = 0; i < Stuck; i++) { _work.TryBegin("stuck", out _); }

        ShutdownBudget budget = BudgetPlanner.Plan(new GracefulShutdownOptions(), null).Require();
        var reason = new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM");
        _builder = new ReportBuilder(reason, new Deadline(TimeProvider.System, budget, TimeProvider.System.GetTimestamp()), Stuck);
        _report = _builder.Build(_work.Snapshot());
    }

    [Benchmark(Description = "look at 10,000 units and build the report")]
    public int Build() => _builder.Build(_work.Snapshot()).Abandoned.Count;

    [Benchmark(Description = "write it as JSON")]
    public int Json() => ReportJson.Write(_report).Length;

    [Benchmark(Description = "say it in words")]
    public int Words() => ReportText.Summarize(_report).Length;
}
