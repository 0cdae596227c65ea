using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.Testing;

namespace Quiesce.Tests.Fixtures;

/// <summary>A coordinator on manual time. The grace is 30 s: margin 3, release reserve 5, hand-back 2, so the cut is at 20 s,
/// the drain's end at 22 s, the end at 27 s, and the watchdog at 28.5 s.</summary>
internal sealed class ShutdownUnderTest
{
    public static readonly TimeSpan Cut = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan DrainEnd = TimeSpan.FromSeconds(22);
    public static readonly TimeSpan End = TimeSpan.FromSeconds(27);
    public static readonly TimeSpan EnforceAt = TimeSpan.FromSeconds(28.5);

    public ShutdownUnderTest(long frequency = TimeSpan.TicksPerSecond, ILogger? logger = null)
    {
        Time = new ManualTimeProvider(frequency);
        Coordinator = new ShutdownCoordinator(
            BudgetPlanner.Plan(new GracefulShutdownOptions(), null).Require(), new ParticipantRegistry(), Time, logger ?? NullLogger.Instance);
    }

    public ManualTimeProvider Time { get; }

    public ShutdownCoordinator Coordinator { get; }

    public GracefulShutdown Shutdown => new(Coordinator, _ => Begin());

    public void Begin(string text = "SIGTERM") =>
        Assert.True(Coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Signal, text), Time.GetTimestamp()));

    public async Task<ShutdownReport> StopAsync()
    {
        Begin();
        return await ReportAsync();
    }

    public Task<ShutdownReport> ReportAsync() => Coordinator.Completion.WaitAsync(TestTimeouts.Hang);

    /// <summary>Waits until all work has been told to stop.</summary>
    public async Task AbortedAsync()
    {
        var aborted = Completion.New();
        using CancellationTokenRegistration registration = Coordinator.Aborting.Register(aborted.SetResult);
        await aborted.Task.OrHang();
    }

    public WorkLease BeginWork(string kind)
    {
        Assert.True(Coordinator.Work.TryBegin(kind, out WorkLease lease));
        return lease;
    }

    public Probe Add(string name, params string[] uses)
    {
        var probe = new Probe(name, uses);
        Coordinator.Participants.Add(probe);
        return probe;
    }

    /// <summary>Moves the clock to an instant measured from its beginning, once a timer for it is armed.</summary>
    public async Task AdvanceToTimerAsync(TimeSpan dueAt)
    {
        await Time.WaitForTimerAsync(dueAt).WaitAsync(TestTimeouts.Hang);
        TimeSpan now = Time.GetUtcNow() - ManualTimeProvider.Start;
        Time.Advance(dueAt + TimeSpan.FromMilliseconds(2) - now);
    }
}
