using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Quiesce.Benchmarks;

// eng/bench calls this with --filter and --artifacts, and reads the file that says which figures reach what is wanted.
IEnumerable<Summary> summaries = BenchmarkSwitcher.FromTypes([typeof(GateBenchmarks), typeof(UnitBenchmarks), typeof(ContentionBenchmarks), typeof(ShutdownBenchmarks), typeof(ReportBenchmarks)])
    .Run(args, DefaultConfig.Instance);
foreach (IGrouping<string, Summary> run in summaries.GroupBy(static summary => summary.ResultsDirectoryPath))
{
    File.WriteAllLines(Path.Combine(run.Key, "wanted.md"), new Wanted([.. run.SelectMany(static summary => summary.Reports)]).Sentences());
}
