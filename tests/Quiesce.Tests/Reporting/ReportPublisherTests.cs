using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Reporting;

/// <summary>Each channel fails in each way; the others still get the report, and name it.</summary>
public sealed class ReportPublisherTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);
    private readonly ManualTimeProvider _time = new();
    private readonly TestLogger _logger = new();
    private readonly FakeChannel _file = new("the file");
    private readonly FakeChannel _standardError = new("standard error");
    private readonly ManualResetEventSlim _unblock = new();

    public void Dispose() => _unblock.Set();

    [Fact]
    public async Task Publish_EverythingWorks_SaysNothingOnStandardError()
    {
        // Act
        await Publisher(_logger, _file).PublishAsync(Reports.WithEverything, _limit).WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.True(_file.HasWritten);
        Assert.False(_standardError.HasWritten);
        Assert.Equal(LogLevel.Warning, Assert.Single(_logger.Entries).Level);
    }

    [Fact]
    public async Task Publish_ChannelThrows_IsNamedInTheLogAndOnStandardError()
    {
        // Arrange
        var full = new FakeChannel("the full disk", static () => throw new IOException("No space left on device"));

        // Act
        await Publisher(_logger, full, _file).PublishAsync(Reports.WithEverything, _limit).WaitAsync(TestTimeouts.Hang);

        // Assert
        const string Expected = "The report did not reach the full disk: IOException: No space left on device";
        Assert.True(_file.HasWritten);
        Assert.Equal(Expected, _logger.Entries.Last().Text);
        Assert.Equal(Expected, Assert.Single((await _standardError.Written).Problems));
    }

    [Fact]
    public async Task Publish_ChannelBlocks_IsLeftBehindAtTheLimitAndNamed()
    {
        // Arrange
        var slow = new FakeChannel("the slow disk", () => _unblock.Wait());

        // Act
        Task publishing = Task.Run(() => Publisher(_logger, slow, _file).PublishAsync(Reports.WithEverything, _limit));
        await _file.Written; // the clock has not moved
        await _time.WaitForTimerAsync(_limit).WaitAsync(TestTimeouts.Hang);
        _time.Advance(_limit);
        await publishing.WaitAsync(TestTimeouts.Hang);
        _unblock.Set();

        // Assert
        Assert.Contains("The report did not reach the slow disk in time.", (await _standardError.Written).Problems);
    }

    [Fact]
    public async Task Publish_LogBlocks_IsSaidOnStandardErrorAndTheFileIsWritten()
    {
        // Arrange
        var blocked = new TestLogger(() => _unblock.Wait());

        // Act
        Task publishing = Task.Run(() => Publisher(blocked, _file).PublishAsync(Reports.WithEverything, _limit));
        await _file.Written; // the clock has not moved
        await _time.WaitForTimerAsync(_limit).WaitAsync(TestTimeouts.Hang);
        _time.Advance(_limit);
        await publishing.WaitAsync(TestTimeouts.Hang);
        _unblock.Set();

        // Assert
        Assert.Contains("The report did not reach the log in time.", (await _standardError.Written).Problems);
    }

    [Fact]
    public async Task Publish_LogThrows_IsSaidOnStandardError()
    {
        // Arrange
        var broken = new TestLogger(static () => throw new InvalidOperationException());

        // Act
        await Publisher(broken, _file).PublishAsync(Reports.WithEverything, _limit).WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal("The report may not have reached the log, which threw.", Assert.Single((await _standardError.Written).Problems));
    }

    [Fact]
    public async Task Publish_StandardErrorBlocks_IsLeftBehind()
    {
        // Arrange
        var standardError = new FakeChannel("standard error", () => _unblock.Wait());
        var publisher = new ReportPublisher(BoundedLogger.Around(NullLogger.Instance), _time);
        publisher.Use([new FakeChannel("the file", static () => throw new IOException())], standardError);

        // Act
        Task publishing = Task.Run(() => publisher.PublishAsync(Reports.WithEverything, _limit));
        await _time.WaitForTimerAsync(_limit / 2).WaitAsync(TestTimeouts.Hang);
        _time.Advance(_limit / 2);
        await publishing.WaitAsync(TestTimeouts.Hang);
        bool hadWritten = standardError.HasWritten;
        _unblock.Set();

        // Assert: publishing came back, the blocked write had not
        Assert.False(hadWritten);
    }

    [Fact]
    public async Task PublishLastReport_LogQueueIsStuck_WritesEveryChannel()
    {
        // Arrange: the queue in front of the log is held by its first line
        using var stuck = new SemaphoreSlim(0);
        using var past = new SemaphoreSlim(0);
        int lines = 0;
        BoundedLogger queue = BoundedLogger.Around(new TestLogger(() =>
        {
            bool isFirst = Interlocked.Increment(ref lines) == 1;
            (isFirst ? stuck : past).Release();
            if (isFirst) { _unblock.Wait(); }
        }));
        queue.Log(LogLevel.Warning, default, "stuck", null, static (text, _) => text);
        Assert.True(await stuck.WaitAsync(TestTimeouts.Hang));
        var publisher = new ReportPublisher(queue, _time);
        publisher.Use([_file], _standardError);

        // Act
        ShutdownReport report = Reports.WithEverything with { ExitCode = ShutdownExitCode.DeadlineEnforced };
        await Task.Run(() => publisher.PublishLastReport(report, EndLimits.Least.Files)).WaitAsync(TestTimeouts.Hang);
        bool pastTheQueue = await past.WaitAsync(TestTimeouts.Hang);
        _unblock.Set();

        // Assert
        Assert.True(pastTheQueue);
        Assert.Equal(82, (await _file.Written).ExitCode);
        Assert.Equal(82, (await _standardError.Written).ExitCode);
    }

    [Fact]
    public async Task PublishLastReport_ChannelsBlock_NamesThemOnStandardError()
    {
        // Arrange
        var logger = new TestLogger(() => _unblock.Wait());
        var slow = new FakeChannel("the slow disk", () => _unblock.Wait());

        // Act
        await Task.Run(() => Publisher(logger, slow, _file).PublishLastReport(Reports.WithEverything, EndLimits.Least.Files)).WaitAsync(TestTimeouts.Hang);
        _unblock.Set();

        // Assert
        IReadOnlyList<string> problems = (await _standardError.Written).Problems;
        Assert.Contains("The report did not reach the slow disk in time.", problems);
        Assert.Contains("The report did not reach the log in time.", problems);
        await _file.Written;
    }

    private ReportPublisher Publisher(TestLogger logger, params FakeChannel[] files)
    {
        var publisher = new ReportPublisher(BoundedLogger.Around(logger), _time);
        publisher.Use(files, _standardError);
        return publisher;
    }
}
