using Microsoft.Extensions.Logging;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>Fire and forget, but not forgotten.</summary>
public sealed class BackgroundWorkTests
{
    private readonly TestLogger _logger = new();
    private readonly ShutdownUnderTest _shutdown;

    public BackgroundWorkTests() => _shutdown = new ShutdownUnderTest(logger: _logger);

    [Fact]
    public async Task Run_WorkIsInFlight_TheShutdownWaitsForItsEnd()
    {
        // Arrange
        var finish = Completion.New();
        Probe ledger = _shutdown.Add("ledger");
        Assert.True(_shutdown.Shutdown.TryRun("e-mail", _ => finish.Task));

        // Act
        _shutdown.Begin();
        await Draining();
        bool releasedEarly = ledger.Release.HasBegun;
        finish.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.False(releasedEarly);
        Assert.Equal((1, ShutdownExitCode.Clean), (report.InFlightAtSignal, report.ExitCode));
    }

    [Fact]
    public async Task Run_DeadlineComes_IsCancelledAwaitedAndNamed()
    {
        // Arrange
        var undone = Completion.New();
        Assert.True(_shutdown.Shutdown.TryRun("e-mail", async stop =>
        {
            try { await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop); }
            finally { undone.SetResult(); }
        }));

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.True(undone.Task.IsCompleted, "The shutdown did not wait for the cancelled work.");
        Assert.Equal(("e-mail", true), (Assert.Single(report.Abandoned).Kind, report.Abandoned[0].Ended));
        Assert.DoesNotContain(_logger.Entries, static entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Run_WorkThrows_IsLoggedByItsKind()
    {
        Assert.True(_shutdown.Shutdown.TryRun("e-mail", static _ => throw new InvalidOperationException("no server")));

        await _shutdown.StopAsync();

        Assert.Contains(_logger.Entries, static entry => entry.Level == LogLevel.Error && entry.Text.Contains("'e-mail'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_CheapToDoAgain_IsCancelledWhenTheDrainBeginsAndIsNoLoss()
    {
        Assert.True(_shutdown.Shutdown.TryRun(
            "warm-up", DrainPolicy.Cancel, static stop => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop)));

        ShutdownReport report = await _shutdown.StopAsync(); // the clock stands still: no deadline helps

        Assert.Empty(report.Abandoned);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Run_SavesACheckpoint_IsAskedWhenTheDrainBeginsAndFinishes()
    {
        // Arrange
        var saved = Completion.New<bool>();
        Assert.True(_shutdown.Shutdown.TryRun("reindex", async (draining, aborting) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            saved.SetResult(!aborting.IsCancellationRequested);
        }));

        // Act
        ShutdownReport report = await _shutdown.StopAsync();

        // Assert
        Assert.True(await saved.Task.OrHang());
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Run_DrainHasBegun_StartsNothing()
    {
        await _shutdown.StopAsync();

        Assert.False(_shutdown.Shutdown.TryRun("e-mail", static _ => throw new InvalidOperationException("started")));
    }

    private async Task Draining()
    {
        var draining = Completion.New();
        using CancellationTokenRegistration begun = _shutdown.Coordinator.Draining.Register(draining.SetResult);
        await draining.Task.OrHang();
    }
}
