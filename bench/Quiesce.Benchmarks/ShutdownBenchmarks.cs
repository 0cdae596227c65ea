using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Quiesce.Benchmarks;

/// <summary>How long a whole shutdown takes that has nothing to wait for: its own cost, by units in flight and by hooks.</summary>
/// <remarks>One shutdown each, never begun twice, so each iteration has its own; the first ones are not counted.</remarks>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 5, iterationCount: 20, invocationCount: 1)]
public class ShutdownBenchmarks
{
    // By default hooks run in reverse order; at once those that say they use nothing.
    private const string InWork = "units", InOrder = "hooks in order", AtOnce = "hooks at once";

    private ShutdownCoordinator _coordinator = null!;
    private WorkLease[] _units = [];

    public static IEnumerable<int> Units => [1, 10, 100, 1_000, 10_000, 100_000];

    public static IEnumerable<int> Hooks => [1, 10, 100, 1_000, 10_000];

    [ParamsSource(nameof(Cases))]
    public ShutdownCase Case { get; set; } = new(0, AtOnce);

    public static IEnumerable<ShutdownCase> Cases =>
    [
        .. Units.Select(static units => new ShutdownCase(units, InWork)),
        .. Hooks.Select(static hooks => new ShutdownCase(hooks, AtOnce)),
        .. Hooks.Select(static hooks => new ShutdownCase(hooks, InOrder)),
    ];

    [IterationSetup]
    public void Prepare()
    {
        ShutdownBudget budget = BudgetPlanner.Plan(new GracefulShutdownOptions(), null).Require();
        _coordinator = new ShutdownCoordinator(budget, new ParticipantRegistry(), TimeProvider.System, NullLogger.Instance);
        bool isUnits = Case.Kind == InWork;
        for (int i = 0; i < Case.Count && !isUnits; i++)
        {
            _coordinator.Participants.AddHook(
                $"hook {i}", ShutdownPhase.Release, Hook.Of(static (_, _) => Task.CompletedTask), Case.Kind == AtOnce ? [ParticipantUses.Nothing] : []);
        }

        _units = new WorkLease[isUnits ? Case.Count : 0];
        for (int i = 0; i < _units.Length; i++) { _coordinator.Work.TryBegin("row", out _units[i]); }
    }

    [Benchmark(Description = "shutdown")]
    public int Shutdown()
    {
        _coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), TimeProvider.System.GetTimestamp());
        foreach (WorkLease unit in _units) { unit.Dispose(); }

        ShutdownReport report = _coordinator.Completion.GetAwaiter().GetResult();
        if (report.ExitCode != ShutdownExitCode.Clean) { throw new InvalidOperationException(ReportText.Summarize(report)); }

        return report.InFlightAtSignal;
    }

    /// <summary>What there is to shut down.</summary>
    public sealed record ShutdownCase(int Count, string Kind)
    {
        public override string ToString() => $"{Count} {Kind}";
    }
}
