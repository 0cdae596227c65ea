using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Watchdog;

public sealed class ProcessWatchdogTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeProcessEnd _end = new();
    private readonly ProcessWatchdog _watchdog;

    public ProcessWatchdogTests() => _watchdog = new ProcessWatchdog(_time, _end, static () => ShutdownExitCode.DeadlineEnforced);

    public void Dispose() => _watchdog.Dispose();

    [Fact]
    public async Task Watchdog_LimitPasses_EndsTheProcessOnceAndSaysSo()
    {
        // Arrange
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(28.5));
        _time.Advance(TimeSpan.FromSeconds(28.499));
        bool tooEarly = !_end.Ends.IsEmpty;

        // Act
        _time.Advance(TimeSpan.FromSeconds(0.001));
        int exitCode = await _end.Ended;
        _time.Advance(TimeSpan.FromSeconds(60));

        // Assert
        Assert.Equal((false, ShutdownExitCode.DeadlineEnforced, 1), (tooEarly, exitCode, _end.Ends.Count));
        Assert.Contains("still there 28.5 s after it was told to stop", Assert.Single(_end.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watchdog_SignalWasEarlier_IsMeasuredFromTheSignal()
    {
        // Arrange
        long signalledAt = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(20));
        _watchdog.Arm(signalledAt, TimeSpan.FromSeconds(28.5));

        // Act
        _time.Advance(TimeSpan.FromSeconds(8.5));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _end.Ended);
    }

    [Fact]
    public async Task Watchdog_WallClockIsSetBack_ChangesNothing()
    {
        // Arrange
        var time = new SetBackTimeProvider(_time);
        using var watchdog = new ProcessWatchdog(time, _end, static () => ShutdownExitCode.DeadlineEnforced);
        watchdog.Arm(time.GetTimestamp(), TimeSpan.FromSeconds(28.5));

        // Act
        time.SetBack(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromSeconds(28.5));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _end.Ended);
    }

    [Fact]
    public async Task Arm_Earlier_BringsTheEndForward()
    {
        // Arrange
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(28.5));

        // Act
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _end.Ended);
    }

    [Fact]
    public async Task Arm_Later_ProlongsNothing()
    {
        // Arrange
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(1));

        // Act
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(4.5));
        _time.Advance(TimeSpan.FromSeconds(4));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _end.Ended);
        Assert.Single(_end.KernelDelays);
    }

    [Fact]
    public async Task Arm_LimitHasPassed_EndsTheProcessAtOnce()
    {
        // Arrange
        long signalledAt = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMinutes(1));

        // Act
        _watchdog.Arm(signalledAt, TimeSpan.FromSeconds(28.5));

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await _end.Ended);
    }

    [Fact]
    public void Arm_OnTheClock_SetsTheKernelsTimerJustBehind()
    {
        // Act
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(28.5));

        // Assert
        Assert.Equal(TimeSpan.FromSeconds(28.725), Assert.Single(_end.KernelDelays));
    }

    [Fact]
    public void Arm_MuchTimeBeforeSigkill_LeavesABusyMachineMostOfItBeforeTheKernelsTimer()
    {
        // Act
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(28.5), untilKill: TimeSpan.FromSeconds(1.5));

        // Assert
        Assert.Equal(TimeSpan.FromSeconds(29.625), Assert.Single(_end.KernelDelays));
    }

    [Fact]
    public async Task Watchdog_ADebuggerCameAfterTheSignal_TheKernelsTimerIsTakenBackBeforeThatIsSaid()
    {
        // Arrange
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.FromSeconds(28.5));
        bool wasSet = !_end.KernelDelays.IsEmpty;
        _end.IsDebugged = true;

        // Act
        _time.Advance(TimeSpan.FromSeconds(28.5));
        string line = await _end.Spoken;

        // Assert
        Assert.True(wasSet);
        Assert.Empty(_end.KernelDelays);
        Assert.Empty(_end.Ends);
        Assert.Contains("A debugger is attached, so the process goes on.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Arm_AfterDisposal_DoesNothing()
    {
        // Arrange
        _watchdog.Dispose();

        // Act
        _watchdog.Arm(_time.GetTimestamp(), TimeSpan.Zero);

        // Assert
        Assert.Empty(_end.KernelDelays);
    }
}
