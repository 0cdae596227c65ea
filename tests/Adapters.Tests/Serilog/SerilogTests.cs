using Adapters.Tests.Contract;
using Quiesce.Serilog;
using Serilog;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace Adapters.Tests.Serilog;

/// <summary>The logger is closed last, with the report in it; what is lost all the same is said.</summary>
public sealed class SerilogTests : IDisposable
{
    private const int Many = 5000;
    private readonly TemporaryFolder _folder = new();
    private readonly HeldSink _sink = new();
    private readonly SerilogQueues _queues = new();

    private string LogFile => Path.Combine(_folder.Path, "shop.log");

    public void Dispose()
    {
        _sink.GoOn();
        _folder.Dispose();
    }

    [Fact]
    public async Task Exit_ManyEventsAreQueued_AllAreInTheFileAndTheSummaryIsTheLastLine()
    {
        // Arrange
        Logger logger = new LoggerConfiguration().WriteTo.Async(sinks => sinks.File(LogFile, buffered: true), monitor: _queues).CreateLogger();
        var leaving = new Leaving(logger: new SerilogLoggerFactory(logger).CreateLogger("Quiesce"));
        leaving.Shutdown.CloseSerilogLast(logger, _queues);
        leaving.Shutdown.OnRelease("orders", _ =>
        {
            for (int i = 0; i < Many; i++) { logger.Information("order {Number}", i); }

            return Task.CompletedTask;
        });

        // Act
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        string[] lines = await File.ReadAllLinesAsync(LogFile, TestContext.Current.CancellationToken);
        Assert.Equal(Many, lines.Count(static line => line.Contains("order", StringComparison.Ordinal)));
        Assert.Contains("Shut down in", lines[^1], StringComparison.Ordinal);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Exit_LoggerIsTheStaticOne_IsClosedAndMayBeClosedAgain()
    {
        // Arrange
        Log.Logger = new LoggerConfiguration().WriteTo.Async(sinks => sinks.File(LogFile, buffered: true)).CreateLogger();
        var leaving = new Leaving(logger: new SerilogLoggerFactory().CreateLogger("Quiesce")); // without a logger it logs to Log.Logger
        leaving.Shutdown.CloseSerilogLast(Log.Logger);

        // Act
        ShutdownReport report = await leaving.StopAsync();
        string[] lines = await File.ReadAllLinesAsync(LogFile, TestContext.Current.CancellationToken);
        await Log.CloseAndFlushAsync();

        // Assert
        Assert.Contains("Shut down in", lines[^1], StringComparison.Ordinal);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Exit_SinkIsSlow_IsWaitedForInsideItsShareAndLosesNothing()
    {
        // Arrange
        Logger logger = Held();
        var leaving = new Leaving();
        leaving.Shutdown.CloseSerilogLast(logger, _queues);
        for (int i = 0; i < 4; i++) { logger.Information("order {Number}", i); }

        // Act
        leaving.Signal();
        await leaving.RunsInExitAsync("serilog");
        _sink.GoOn();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Equal(["order 0", "order 1", "order 2", "order 3"], _sink.Written);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.Empty(Part(report).Notes);
    }

    [Fact]
    public async Task Exit_SinkHangs_IsGivenUpAndSaysHowManyEventsAreLost()
    {
        // Arrange
        Logger logger = Held();
        var leaving = new Leaving();
        leaving.Shutdown.CloseSerilogLast(logger, _queues);
        for (int i = 0; i < 4; i++) { logger.Information("order {Number}", i); }

        await _sink.HasOne;

        // Act
        leaving.Signal();
        await leaving.EndShareOfExitAsync();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Equal(StepOutcome.Cancelled, Part(report).Outcome);
        Assert.Equal(["not closed in time: 3 events were still queued and are lost, the one being written is unknown"], Part(report).Notes);
        Assert.Equal(ShutdownExitCode.ReleaseFailed, report.ExitCode);
    }

    [Fact]
    public async Task Exit_SeveralSinksHang_TheirQueuesAreCountedTogether()
    {
        // Arrange
        var second = new HeldSink();
        Logger logger = new LoggerConfiguration()
            .WriteTo.Async(sinks => sinks.Sink(_sink), monitor: _queues)
            .WriteTo.Async(sinks => sinks.Sink(second), monitor: _queues)
            .CreateLogger();
        var leaving = new Leaving();
        leaving.Shutdown.CloseSerilogLast(logger, _queues);
        for (int i = 0; i < 3; i++) { logger.Information("order {Number}", i); }

        await Task.WhenAll(_sink.HasOne, second.HasOne);

        // Act
        leaving.Signal();
        await leaving.EndShareOfExitAsync();
        ShutdownReport report = await leaving.ReportAsync();
        second.GoOn();

        // Assert
        Assert.StartsWith("not closed in time: 4 events were still queued", Assert.Single(Part(report).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_NobodyKnowsTheQueues_SaysThatSomethingIsLost()
    {
        // Arrange
        Logger logger = new LoggerConfiguration().WriteTo.Async(sinks => sinks.Sink(_sink)).CreateLogger();
        var leaving = new Leaving();
        leaving.Shutdown.CloseSerilogLast(logger);
        logger.Information("order");

        // Act
        leaving.Signal();
        await leaving.EndShareOfExitAsync();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Equal(["not closed in time: what its sinks had not written is lost"], Part(report).Notes);
    }

    [Fact]
    public async Task Exit_QueueHadBeenFull_SaysHowManyEventsWereDropped()
    {
        // Arrange: one in hand, one queued, the others find no room
        Logger logger = new LoggerConfiguration().WriteTo.Async(sinks => sinks.Sink(_sink), bufferSize: 1, monitor: _queues).CreateLogger();
        var leaving = new Leaving();
        leaving.Shutdown.CloseSerilogLast(logger, _queues);
        logger.Information("in hand");
        await _sink.HasOne;
        for (int i = 0; i < 3; i++) { logger.Information("order {Number}", i); }

        _sink.GoOn();

        // Act
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.Equal(["in hand", "order 0"], _sink.Written);
        Assert.Equal(["2 events were dropped since the start, because a queue was full"], Part(report).Notes);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public void Close_LoggerCannotBeClosed_IsRefusedInWords()
    {
        var refused = Assert.Throws<ArgumentException>(() => new Leaving().Shutdown.CloseSerilogLast(Logger.None));

        Assert.Contains("cannot be closed. Pass what CreateLogger has returned", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Close_NoSinkHasTheQueues_IsRefusedInWords()
    {
        using Logger logger = new LoggerConfiguration().CreateLogger();

        var refused = Assert.Throws<ArgumentException>(() => new Leaving().Shutdown.CloseSerilogLast(logger, _queues));

        Assert.Contains("No sink was given the SerilogQueues.", refused.Message, StringComparison.Ordinal);
    }

    private static ParticipantReport Part(ShutdownReport report) => report.Participants.Single(static part => part.Phase == ShutdownPhase.Exit);

    private Logger Held() => new LoggerConfiguration().WriteTo.Async(sinks => sinks.Sink(_sink), monitor: _queues).CreateLogger();
}
