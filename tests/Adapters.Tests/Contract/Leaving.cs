using Microsoft.Extensions.Logging;
using Quiesce.Testing;

namespace Adapters.Tests.Contract;

/// <summary>One shutdown of an adapter under test.</summary>
internal sealed class Leaving
{
    /// <param name="realTime">With a grace of 5 s; else the clock stands still, and only events end anything.</param>
    /// <param name="logger">Where the shutdown logs, instead of <see cref="Logs"/>.</param>
    public Leaving(bool realTime = false, ILogger? logger = null)
    {
        TimeSpan? grace = realTime ? TimeSpan.FromSeconds(5) : null;
        Coordinator = new ShutdownCoordinator(
            BudgetPlanner.Plan(new GracefulShutdownOptions(), grace).Require(), new ParticipantRegistry(),
            realTime ? TimeProvider.System : new ManualTimeProvider(), logger ?? Logs);
        Shutdown = new GracefulShutdown(Coordinator, static _ => { });
    }

    public CapturedLogs Logs { get; } = new();

    public ShutdownCoordinator Coordinator { get; }

    public GracefulShutdown Shutdown { get; }

    /// <summary>The signal; completes when every source is shut.</summary>
    public async Task BeginAsync()
    {
        var draining = Completion.New();
        using CancellationTokenRegistration begun = Coordinator.Draining.Register(draining.SetResult);
        Signal();
        await draining.Task.OrHang();
    }

    /// <summary>The signal.</summary>
    public void Signal() => Assert.True(Coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), Coordinator.Time.GetTimestamp()));

    /// <summary>Waits until the hook of Exit runs.</summary>
    public async Task RunsInExitAsync(string hook)
    {
        while (true)
        {
            Task changed = Coordinator.ProgressChanged; // first, or a change before the look would be missed
            if (Coordinator.Progress is { Phase: ShutdownPhase.Exit } progress && progress.Running.Any(step => step.Name == hook)) { return; }

            await changed.OrHang();
        }
    }

    /// <summary>Moves the clock to where the hooks of Exit are asked to end: nine tenths of a reserve of 5 s.</summary>
    public async Task EndShareOfExitAsync()
    {
        var time = (ManualTimeProvider)Coordinator.Time;
        TimeSpan asked = Coordinator.Budget.ReleaseReserve * 0.9;
        await time.WaitForTimerAsync(asked).OrHang();
        time.Advance(asked + TimeSpan.FromMilliseconds(2));
    }

    /// <summary>The drain's deadline, now.</summary>
    public void Cut() => Coordinator.SkipDrain();

    /// <summary>Completes when the work has been told that the deadline is there.</summary>
    public async Task AbortedAsync()
    {
        var aborted = Completion.New();
        using CancellationTokenRegistration aborting = Coordinator.Aborting.Register(aborted.SetResult);
        await aborted.Task.OrHang();
    }

    /// <summary>What a participant is told that is called without a shutdown.</summary>
    public ShutdownContext Context(ShutdownPhase phase) => new(
        new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), phase,
        new Deadline(Coordinator.Time, Coordinator.Budget, Coordinator.Time.GetTimestamp()), Coordinator.Budget.End);

    public Task<ShutdownReport> ReportAsync() => Coordinator.Completion.OrHang();

    public async Task<ShutdownReport> StopAsync()
    {
        Signal();
        return await ReportAsync();
    }
}
