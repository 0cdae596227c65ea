using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Quiesce.Benchmarks;

// eng/bench calls this with --filter and --artifacts.
BenchmarkSwitcher.FromTypes([typeof(GateBenchmarks), typeof(UnitBenchmarks), typeof(ContentionBenchmarks), typeof(RequestBenchmarks), typeof(ShutdownBenchmarks), typeof(ReportBenchmarks)])
    .Run(args, DefaultConfig.Instance);
