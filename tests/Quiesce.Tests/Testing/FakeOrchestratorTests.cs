using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.Testing;

namespace Quiesce.Tests.Testing;

public sealed class FakeOrchestratorTests
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(30); // the service's own default

    private readonly ManualTimeProvider _time = new();

    /// <summary>What docs/testing.md shows.</summary>
    [Fact]
    public async Task Import_IsToldToStop_FinishesItsRowAndClosesTheFileLast()
    {
        var began = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        GracefulShutdown? shutdown = null;

        var orchestrator = new FakeOrchestrator(gracePeriod: TimeSpan.FromSeconds(30));
        Task<int> running = orchestrator.RunAsync(async import =>
        {
            shutdown = import;
            import.OnRelease("file", _ => Task.CompletedTask);
            import.OnRelease("connection", _ => Task.CompletedTask); // the latest is released first
            if (!import.Work.TryBegin("row", out WorkLease row)) { return; }

            using (row)
            {
                began.SetResult();
                await finish.Task;
            }
        });
        await began.Task;
        Task<ProcessExit> stopping = orchestrator.StopAsync(running);
        finish.SetResult();

        Assert.Equal(new ProcessExit(0, ProcessExitCause.ByItself), await stopping);
        ShutdownReport report = await shutdown!.Completion;
        report.AssertNothingLost();
        report.AssertReleasedInOrder("connection", "file");

        Assert.Equal(1, report.InFlightAtSignal);
    }

    [Fact]
    public async Task Stop_ProgramIgnoresEverything_LeavesItBehindAndSaysSo()
    {
        // Arrange
        ManualTimeProvider time = _time;
        var orchestrator = new FakeOrchestrator(_grace, _time);
        Task running = await StartAsync(orchestrator, static _ => new TaskCompletionSource().Task);

        // Act
        Task<ProcessExit> stopping = orchestrator.StopAsync(running);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(20)); // armed by now, so that it cannot be missed
        time.Advance(TimeSpan.FromSeconds(27));

        // Assert
        Assert.Equal(new ProcessExit(ShutdownExitCode.WorkAbandoned, ProcessExitCause.ByItself), await stopping.OrHang());
    }

    [Theory]
    [InlineData(28.6)] // just after Quiesce's forced end
    [InlineData(60)] // a clock that is moved past SIGKILL in one go
    public async Task Stop_ProcessGoesOnAfterItsShutdown_IsEndedByForceBeforeTheGraceIsOver(double seconds)
    {
        // Arrange
        var orchestrator = new FakeOrchestrator(_grace, _time);
        Task running = await StartAsync(orchestrator, static shutdown => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, shutdown.Draining));
        var endless = Completion.New();

        // Act
        Task<ProcessExit> stopping = orchestrator.StopAsync(Task.WhenAll(running, endless.Task));
        _time.Advance(TimeSpan.FromSeconds(seconds));

        // Assert
        Assert.Equal(new ProcessExit(ShutdownExitCode.DeadlineEnforced, ProcessExitCause.ForcedByQuiesce), await stopping.OrHang());
        Assert.Contains(orchestrator.StandardError, static line => line.Contains("is ended now with exit code 82", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public async Task Stop_OrchestratorAllowsLessThanTheServiceBelieves_IsKilled(double seconds)
    {
        // Arrange
        var orchestrator = new FakeOrchestrator(TimeSpan.FromSeconds(10), _time);
        Task running = await StartAsync(orchestrator, static _ => new TaskCompletionSource().Task);

        // Act
        Task<ProcessExit> stopping = orchestrator.StopAsync(running);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        // Assert
        Assert.Equal(new ProcessExit(137, ProcessExitCause.KilledByOrchestrator), await stopping.OrHang());
    }

    [Fact]
    public async Task Signal_PersonAsksThreeTimes_IsEndedAtOnce()
    {
        // Arrange
        var orchestrator = new FakeOrchestrator(_grace, _time, personAtTerminal: true);
        Task running = await StartAsync(orchestrator, static _ => new TaskCompletionSource().Task);

        // Act
        Task<ProcessExit> stopping = orchestrator.StopAsync(running, PosixSignal.SIGINT);
        orchestrator.Signal(PosixSignal.SIGINT);
        orchestrator.Signal(PosixSignal.SIGINT);

        // Assert
        Assert.Equal(new ProcessExit(130, ProcessExitCause.ForcedByQuiesce), await stopping.OrHang());
    }

    [Fact]
    public async Task Signal_NobodyListens_SaysSo()
    {
        var orchestrator = new FakeOrchestrator(_grace, _time);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => orchestrator.StopAsync(Task.CompletedTask));

        Assert.StartsWith("Nobody listens for SIGTERM", refused.Message, StringComparison.Ordinal);
        Assert.False(_time.AdvanceToNextTimer());
    }

    [Fact]
    public void Signal_IsSigusr1_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FakeOrchestrator(_grace, _time).Signal((PosixSignal)10));

    [Fact]
    public async Task Stop_OrchestratorIsALittleFasterThanTheServiceBelieves_StillSeesTheForcedEndFirst()
    {
        // Arrange: 28.5 s is before 29, and the kernel's own timer after it
        var orchestrator = new FakeOrchestrator(TimeSpan.FromSeconds(29), _time);
        Task running = await StartAsync(orchestrator, static shutdown => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, shutdown.Draining));

        // Act
        Task<ProcessExit> stopping = orchestrator.StopAsync(Task.WhenAll(running, Completion.New().Task));
        _time.Advance(TimeSpan.FromSeconds(60));

        // Assert
        Assert.Equal(new ProcessExit(ShutdownExitCode.DeadlineEnforced, ProcessExitCause.ForcedByQuiesce), await stopping.OrHang());
    }

    [Fact]
    public async Task Stop_ServiceHasEnded_NothingComesAfterItsDeadline()
    {
        // Arrange
        var orchestrator = new FakeOrchestrator(_grace, _time);
        Task running = await StartAsync(orchestrator, static shutdown => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, shutdown.Draining));

        // Act
        await orchestrator.StopAsync(running).OrHang();

        // Assert: the watchdog's timer is taken back
        Assert.False(_time.WaitForTimerAsync(TimeSpan.FromSeconds(28.5)).IsCompleted);
    }

    [Fact]
    public async Task Stop_ServiceFails_TheTestSeesIt()
    {
        var orchestrator = new FakeOrchestrator(_grace, _time);
        Task running = await StartAsync(orchestrator, static shutdown => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, shutdown.Draining));

        await Assert.ThrowsAsync<InvalidOperationException>(() => orchestrator.StopAsync(Task.FromException(new InvalidOperationException("on purpose"))).OrHang());
        await running.OrHang();
    }

    [Fact]
    public void Grace_IsNoneOrEndless_IsRefused() =>
        Assert.All([TimeSpan.Zero, TimeSpan.MaxValue], static grace => Assert.Throws<ArgumentOutOfRangeException>(() => new FakeOrchestrator(grace)));

    /// <summary>Starts a program and waits until it runs.</summary>
    private static async Task<Task<int>> StartAsync(FakeOrchestrator orchestrator, Func<GracefulShutdown, Task> main)
    {
        var began = Completion.New();
        Task<int> running = orchestrator.RunAsync(
            shutdown =>
            {
                began.SetResult();
                return main(shutdown);
            },
            logger: NullLogger.Instance);
        await began.Task.OrHang();
        return running;
    }
}
