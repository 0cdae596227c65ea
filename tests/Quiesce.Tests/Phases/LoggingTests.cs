using Microsoft.Extensions.Logging;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>A log is told of a shutdown, and can neither hold it up nor break it.</summary>
public sealed class LoggingTests
{
    [Fact]
    public async Task Shutdown_LoggerThrows_StillReleases()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest(logger: new TestLogger(static () => throw new InvalidOperationException()));
        Probe probe = shutdown.Add("ledger");

        // Act
        ShutdownReport report = await shutdown.StopAsync();

        // Assert
        Assert.Equal((true, ShutdownExitCode.Clean), (probe.Release.HasBegun, report.ExitCode));
    }

    [Fact]
    public async Task Shutdown_LoggerBlocks_ReleasesAndWaitsForItWithinALimit()
    {
        // Arrange
        using var unblock = new ManualResetEventSlim();
        var shutdown = new ShutdownUnderTest(logger: new TestLogger(() => unblock.Wait(TestTimeouts.Hang)));
        Probe probe = shutdown.Add("ledger");

        // Act
        shutdown.Begin();
        await probe.Release.Entered; // the clock has not moved
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.EnforceAt / 2);
        ShutdownReport report = await shutdown.ReportAsync();
        unblock.Set();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Shutdown_NothingIsLost_IsSummarizedAtInformationBeforeItCompletes()
    {
        // Arrange
        var logger = new TestLogger();
        var shutdown = new ShutdownUnderTest(logger: logger);

        // Act
        await shutdown.StopAsync();

        // Assert
        (LogLevel level, string text) = logger.Entries.Last();
        Assert.Equal(LogLevel.Information, level);
        Assert.Equal("Shut down in 0.0 s of 30.0 s (SIGTERM; StopAccepting 0.0 s, Drain 0.0 s, Release 0.0 s), exit code 0.", text);
    }

    [Fact]
    public async Task Shutdown_WorkIsAbandoned_NamesItAtWarning()
    {
        // Arrange
        var logger = new TestLogger();
        var shutdown = new ShutdownUnderTest(logger: logger);
        WorkLease lease = shutdown.BeginWork("GET /export");
        using CancellationTokenRegistration registration = shutdown.Coordinator.Aborting.Register(lease.Dispose);

        // Act
        shutdown.Begin();
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await shutdown.ReportAsync();

        // Assert
        (LogLevel level, string text) = logger.Entries.Last();
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("exit code 80", text, StringComparison.Ordinal);
        Assert.Contains("Oldest: 'GET /export' (20.0", text, StringComparison.Ordinal);
    }
}
