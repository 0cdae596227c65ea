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
        Assert.StartsWith("'queue' had ended before 'pool'.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReleasedInOrder_TheClockStoodStill_GoesByTheOrderInWhichTheyEnded()
    {
        // Arrange
        var run = new ShutdownUnderTest();
        run.Add("pool");
        run.Add("queue", "pool");
        ShutdownReport report = await run.StopAsync();

        // Act
        report.AssertReleasedInOrder("queue", "pool");
        ShutdownAssertionException failed = Assert.Throws<ShutdownAssertionException>(() => report.AssertReleasedInOrder("pool", "queue"));

        // Assert
        Assert.StartsWith("'queue' had ended before 'pool'.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReleasedInOrder_TheyOverlapped_SaysWhoWasTooEarly()
    {
        ShutdownReport report = Reports.WithEverything with { Participants = [Released("queue", 0, 2), Released("pool", 1, 3)] };

        ShutdownAssertionException failed = Assert.Throws<ShutdownAssertionException>(() => report.AssertReleasedInOrder("queue", "pool"));

        Assert.StartsWith("'pool' was released 1.0 s after the signal, before 'queue' had ended, 2.0 s after it.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReleasedInOrder_TheFirstWasLeftBehind_SaysSo()
    {
        ShutdownReport report = Reports.WithEverything with { Participants = [Released("queue", 0, 2) with { Outcome = StepOutcome.Abandoned }, Released("pool", 2, 3)] };

        ShutdownAssertionException failed = Assert.Throws<ShutdownAssertionException>(() => report.AssertReleasedInOrder("queue", "pool"));

        Assert.StartsWith("'queue' was left behind", failed.Message, StringComparison.Ordinal);
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

    private static ParticipantReport Released(string name, double began, double ended) =>
        new(name, ShutdownPhase.Release, StepOutcome.Completed, TimeSpan.FromSeconds(ended - began), Error: null, Notes: []) { BeganAt = TimeSpan.FromSeconds(began) };

    [Fact]
    public async Task ReleasedInOrder_OneNameAlone_IsRefused()
    {
        ShutdownReport report = await new ShutdownUnderTest().StopAsync();

        Assert.Throws<ArgumentException>(() => report.AssertReleasedInOrder("pool"));
    }
}
