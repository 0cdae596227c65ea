using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Testing;

public sealed class ShutdownReportAssertionsTests
{
    [Fact]
    public async Task NothingLost_WorkIgnoresItsCancellation_SaysWhat()
    {
        // Arrange
        var run = new ShutdownUnderTest();
        run.BeginWork("GET /export");
        run.Begin();
        await run.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await run.AdvanceToTimerAsync(ShutdownUnderTest.DrainEnd);
        ShutdownReport report = await run.ReportAsync();

        // Act
        ShutdownAssertionException failed = Assert.Throws<ShutdownAssertionException>(report.AssertNothingLost);

        // Assert
        Assert.Contains("'GET /export'", failed.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 80", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingLost_HookThrows_SaysWhich()
    {
        // Arrange
        var run = new ShutdownUnderTest();
        run.Shutdown.OnRelease("ledger", static _ => throw new InvalidOperationException("on purpose"));
        ShutdownReport report = await run.StopAsync();

        // Act
        ShutdownAssertionException failed = Assert.Throws<ShutdownAssertionException>(report.AssertNothingLost);

        // Assert
        Assert.Contains("'ledger'", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReleasedInOrder_TheyWereNot_SaysWhoWasTooEarly()
    {
        // Arrange: "pool" is released only when its user, "queue", has ended
        var run = new ShutdownUnderTest();
        run.Add("pool");
        Probe queue = run.Add("queue", "pool");
        TaskCompletionSource ends = queue.Release.Hold();
        run.Begin();
        await queue.Release.Entered;
        run.Time.Advance(TimeSpan.FromSeconds(1));
        ends.SetResult();
        ShutdownReport report = await run.ReportAsync();

        // Act
        report.AssertReleasedInOrder("queue", "pool");
        ShutdownAssertionException failed = Assert.Throws<ShutdownAssertionException>(() => report.AssertReleasedInOrder("pool", "queue"));

        // Assert
        Assert.StartsWith("'queue' was released 0.0 s after the signal, before 'pool' had ended, 1.0 s after it.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReleasedInOrder_OneIsNotThere_NamesThoseThatAre()
    {
        // Arrange
        var run = new ShutdownUnderTest();
        run.Add("pool");
        ShutdownReport report = await run.StopAsync();

        // Act
        ShutdownAssertionException failed = Assert.Throws<ShutdownAssertionException>(() => report.AssertReleasedInOrder("pool", "queue"));

        // Assert
        Assert.StartsWith("'queue' was not released. Released were: 'pool'.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReleasedInOrder_OneNameAlone_IsRefused()
    {
        ShutdownReport report = await new ShutdownUnderTest().StopAsync();

        Assert.Throws<ArgumentException>(() => report.AssertReleasedInOrder("pool"));
    }
}
