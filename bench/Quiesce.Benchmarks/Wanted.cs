using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Quiesce.Benchmarks;

/// <summary>Which figures reach what is wanted: a page must not leave that to its reader. Of what was not measured it says nothing.</summary>
internal sealed class Wanted(IEnumerable<BenchmarkReport> reports)
{
    // Twice the least that counting can cost; no more than a system call for a name and an age.
    private const double MostPairs = 2, MostForUnit = 100;

    private readonly BenchmarkReport[] _measured = [.. reports.Where(static report => report.ResultStatistics is not null)];

    public IEnumerable<string> Sentences()
    {
        if (Find<GateBenchmarks>(nameof(GateBenchmarks.Gate)) is { } gate && Find<GateBenchmarks>(nameof(GateBenchmarks.Bare)) is { } bare)
        {
            double pairs = Nanoseconds(gate) / Nanoseconds(bare);
            yield return Judge($"A gate is {pairs:0.00} times a bare pair of Interlocked operations, at most {MostPairs} wanted, with {Bytes(gate)} bytes, 0 wanted", pairs <= MostPairs && Bytes(gate) == 0);
        }

        if (Find<UnitBenchmarks>(nameof(UnitBenchmarks.Named)) is { } unit)
        {
            yield return Judge($"A named unit takes {Nanoseconds(unit):0} ns, at most {MostForUnit} wanted, and {Bytes(unit)} bytes, 0 wanted", Nanoseconds(unit) <= MostForUnit && Bytes(unit) == 0);
        }

        foreach (IGrouping<string, BenchmarkReport> kind in _measured.Where(static report => CaseOf(report) is not null).GroupBy(static report => CaseOf(report)!.Kind))
        {
            BenchmarkReport[] rising = [.. kind.OrderBy(static report => CaseOf(report)!.Count)];
            double factor = rising.Zip(rising.Skip(1), static (fewer, more) => Median(more) / Median(fewer)).DefaultIfEmpty().Max();
            if (factor > 0) { yield return Judge($"A shutdown of ten times the {kind.Key} takes at most {factor:0.0} times as long, no more than 10 wanted", factor <= 10); }
        }
    }

    private static string Judge(FormattableString sentence, bool reached) =>
        $"- {sentence.ToString(CultureInfo.InvariantCulture)}: {(reached ? "reached" : "missed")}.";

    private static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics!.Mean;

    private static double Median(BenchmarkReport report) => report.ResultStatistics!.Median;

    private static long? Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);

    private static ShutdownBenchmarks.ShutdownCase? CaseOf(BenchmarkReport report) =>
        report.BenchmarkCase.Parameters.Items.Select(static item => item.Value).OfType<ShutdownBenchmarks.ShutdownCase>().SingleOrDefault();

    private BenchmarkReport? Find<TBenchmarks>(string method) => _measured.FirstOrDefault(
        report => report.BenchmarkCase.Descriptor.Type == typeof(TBenchmarks) && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
}
