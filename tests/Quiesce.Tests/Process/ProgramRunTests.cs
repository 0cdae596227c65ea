using Microsoft.Extensions.Logging;
using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>A program without a host, inside this process: signals and process end are fakes.</summary>
public sealed class ProgramRunTests
{
    private readonly ProcessUnderTest _process = new();
    private readonly TestLogger _logger = new();
    private bool _released;

    [Fact]
    public async Task RunAsync_ProgramEnds_ReleasesAndGivesTheSignalsBack()
    {
        // Act
        int exitCode = await RunAsync(static _ => Task.CompletedTask);

        // Assert
        Assert.Equal((ShutdownExitCode.Clean, true, false), (exitCode, _released, _process.Signals.IsListening));
        Assert.Empty(_process.End.KernelDelays);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ProgramThrows_ReleasesAndReturnsOne(bool synchronously)
    {
        // Act
        int exitCode = await RunAsync(_ => synchronously
            ? throw new InvalidOperationException("no such file")
            : Task.FromException(new InvalidOperationException("no such file")));

        // Assert
        Assert.Equal((ShutdownExitCode.ProgramFailed, true), (exitCode, _released));
        Assert.Contains(_logger.Entries, entry => entry.Level == LogLevel.Critical);
    }

    [Fact]
    public async Task RunAsync_CancellationAfterDraining_IsANormalEnd()
    {
        // Act
        int exitCode = await RunAsync(shutdown =>
        {
            _process.Signals.Raise(ShutdownSignal.Terminate);
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, shutdown.Draining);
        });

        // Assert
        Assert.Equal((ShutdownExitCode.Clean, true), (exitCode, _released));
    }

    [Fact]
    public async Task RunAsync_CancellationBeforeDraining_IsAFailure() =>
        Assert.Equal(ShutdownExitCode.ProgramFailed, await RunAsync(static _ => throw new OperationCanceledException()));

    [Fact]
    public async Task RunAsync_SignalWhileRunning_TheProgramDrainsBeforeItsResources()
    {
        // Arrange
        var draining = new Probe("pool");
        bool programEnded = false;
        bool inOrder = false;
        draining.Drain.Body = (_, _) => Task.FromResult(inOrder = programEnded);

        // Act
        int exitCode = await RunAsync(async shutdown =>
        {
            shutdown.Add(draining);
            _process.Signals.Raise(ShutdownSignal.Terminate);
            var asked = Completion.New();
            await using CancellationTokenRegistration registration = shutdown.Draining.Register(asked.SetResult);
            await asked.Task;
            programEnded = true;
        });

        // Assert
        Assert.Equal((ShutdownExitCode.Clean, true), (exitCode, inOrder));
    }

    [Fact]
    public async Task RunAsync_ProgramIgnoresEverything_IsLeftBehindWithItsWorkNamed()
    {
        // Arrange
        Task<int> running = RunAsync(shutdown =>
        {
            shutdown.Work.TryBegin("row", out _);
            _process.Signals.Raise(ShutdownSignal.Terminate);
            return Completion.New().Task;
        });

        // Act: cut, half of the hand-back for the program, half of the rest for its work
        foreach (double instant in new[] { 20, 21, 21.45, 21.5 })
        {
            await _process.Time.WaitForTimerAsync(TimeSpan.FromSeconds(instant)).WaitAsync(TestTimeouts.Hang);
            _process.Time.Advance(TimeSpan.FromSeconds(instant) - (_process.Time.GetUtcNow() - ManualTimeProvider.Start));
        }

        // Assert
        Assert.Equal((ShutdownExitCode.WorkAbandoned, true), (await running.WaitAsync(TestTimeouts.Hang), _released));
        Assert.Contains(_logger.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("'row'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_BadOptions_AreRefusedInWordsAndNothingRuns()
    {
        // Arrange
        bool ran = false;
        var options = new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(1), HandBack = TimeSpan.FromSeconds(-1) };

        // Act
        int exitCode = await new ProgramRun(_process.Owner, _process.Time, _logger).RunAsync(_ => Task.FromResult(ran = true), options);

        // Assert
        Assert.Equal((ShutdownExitCode.StartupAborted, false, false), (exitCode, ran, _process.Signals.IsListening));
        string text = Assert.Single(_logger.Entries).Text;
        Assert.Contains("2 mistakes", text, StringComparison.Ordinal);
        Assert.Contains("GracePeriod is 00:00:01", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SecondRunAfterASignal_IsToldToStopAtOnce()
    {
        // Arrange
        await RunAsync(shutdown => Task.FromResult(_process.Signals.Raise(ShutdownSignal.Terminate)));
        _released = false;

        // Act
        int exitCode = await RunAsync(static shutdown => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, shutdown.Draining));

        // Assert
        Assert.Equal((ShutdownExitCode.Clean, true), (exitCode, _released));
    }

    private Task<int> RunAsync(Func<GracefulShutdown, Task> main) =>
        new ProgramRun(_process.Owner, _process.Time, _logger).RunAsync(
            shutdown =>
            {
                shutdown.OnRelease("ledger", _ => Task.FromResult(_released = true));
                return main(shutdown);
            },
            new GracefulShutdownOptions()).WaitAsync(TestTimeouts.Hang);
}
