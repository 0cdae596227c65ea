using Microsoft.Extensions.Logging;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>The code of a program that failed is the code of its report, and the weightiest of what happened.</summary>
public sealed class ProgramFailureTests
{
    private readonly ProcessUnderTest _process = new();
    private readonly TestLogger _logger = new();

    [Fact]
    public async Task RunAsync_ProgramThrows_TheReportSaysSo()
    {
        // Arrange
        Task<ShutdownReport>? completion = null;

        // Act
        int exitCode = await RunAsync(shutdown =>
        {
            completion = shutdown.Completion;
            throw new InvalidOperationException("no such file");
        });

        // Assert
        ShutdownReport report = await completion!.WaitAsync(TestTimeouts.Hang);
        Assert.Equal((exitCode, ShutdownExitCode.ProgramFailed), (report.ExitCode, exitCode));
        Assert.Contains(report.Participants, static part => part is { Name: "program", Outcome: StepOutcome.Failed, Error: "InvalidOperationException: no such file" });
        Assert.Contains(_logger.Entries, static entry =>
            entry.Level == LogLevel.Warning && entry.Text.Contains("exit code 1.", StringComparison.Ordinal) && entry.Text.Contains("'program' failed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ShutdownPhase.Drain, ShutdownExitCode.WorkAbandoned)]
    [InlineData(ShutdownPhase.Release, ShutdownExitCode.ReleaseFailed)]
    public async Task RunAsync_ProgramThrowsAndSomethingIsLostToo_TheWeightierCodeIsReturned(ShutdownPhase phase, int expected)
    {
        // Act
        int exitCode = await RunAsync(shutdown =>
        {
            if (phase == ShutdownPhase.Drain) { shutdown.OnDrain("queue", static _ => throw new InvalidOperationException("no broker")); }
            else { shutdown.OnRelease("pool", static _ => throw new InvalidOperationException("no socket")); }

            throw new InvalidOperationException("no such file");
        });

        // Assert
        Assert.Equal(expected, exitCode);
    }

    [Fact]
    public async Task RunAsync_ProgramThrowsAfterASignalAndZeroIsAsked_ReturnsZero()
    {
        // Act
        int exitCode = await RunAsync(
            async shutdown =>
            {
                var asked = Completion.New();
                await using CancellationTokenRegistration registration = shutdown.Draining.Register(asked.SetResult);
                _process.Signals.Raise(ShutdownSignal.Terminate);
                await asked.Task;
                throw new InvalidOperationException("no such file");
            },
            new GracefulShutdownOptions { AlwaysExitZero = true });

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
    }

    private Task<int> RunAsync(Func<GracefulShutdown, Task> main, GracefulShutdownOptions? options = null) =>
        new ProgramRun(_process.Owner, _process.Time, _logger).RunAsync(main, options ?? new GracefulShutdownOptions()).WaitAsync(TestTimeouts.Hang);
}
