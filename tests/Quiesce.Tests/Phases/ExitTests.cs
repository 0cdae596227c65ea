using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Hooks of Exit flush what the report was written into: after it, side by side, in a share of their own.</summary>
public sealed class ExitTests
{
    private readonly ShutdownUnderTest _shutdown = new();

    [Fact]
    public async Task Exit_HasAHook_RunsAfterTheReportWasWritten()
    {
        // Arrange
        var file = new FakeChannel("the file");
        _shutdown.Coordinator.Reports.Use([file], new FakeChannel("standard error"));
        (bool WasWritten, ShutdownPhase Phase) seen = default;
        _shutdown.Shutdown.OnExit("log", (context, _) =>
        {
            seen = (file.HasWritten, context.Phase);
            return Task.CompletedTask;
        });

        // Act
        await _shutdown.StopAsync();

        // Assert
        Assert.Equal((true, ShutdownPhase.Exit), seen);
    }

    [Fact]
    public async Task Exit_LogIsSlow_WaitsUntilTheSummaryIsInIt()
    {
        // Arrange
        using var unblock = new ManualResetEventSlim();
        var logger = new TestLogger(() => unblock.Wait(TestTimeouts.Hang));
        var shutdown = new ShutdownUnderTest(logger: logger);
        string? last = null;
        shutdown.Shutdown.OnExit("log", _ =>
        {
            last = logger.Entries.Last().Text;
            return Task.CompletedTask;
        });

        // Act
        shutdown.Begin();
        unblock.Set();
        await shutdown.ReportAsync();

        // Assert
        Assert.StartsWith("Shut down in", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_SeveralHooks_RunSideBySide()
    {
        // Arrange
        TaskCompletionSource[] begun = [Completion.New(), Completion.New(), Completion.New()];
        for (int i = 0; i < begun.Length; i++)
        {
            int own = i;
            _shutdown.Shutdown.OnExit($"hook {i}", async _ =>
            {
                begun[own].SetResult();
                await Task.WhenAll(begun.Select(static one => one.Task));
            });
        }

        // Act
        ShutdownReport report = await _shutdown.StopAsync(); // the clock has not moved

        // Assert
        Assert.Equal(3, report.Participants.Count(static part => part is { Phase: ShutdownPhase.Exit, Outcome: StepOutcome.Completed }));
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Theory]
    [InlineData(0, 4.5)] // nine tenths of the reserve of 5 s
    [InlineData(20, 3.825)] // of half of 8.5 s
    [InlineData(27, 0.675)] // of half of 1.5 s
    public async Task Exit_HasAHook_HasTheReserveAndAtMostHalfOfWhatIsLeft(double sinceSignal, double asked)
    {
        // Arrange
        long signalledAt = _shutdown.Time.GetTimestamp();
        _shutdown.Time.Advance(TimeSpan.FromSeconds(sinceSignal));
        TimeSpan remaining = default;
        _shutdown.Shutdown.OnExit("log", (context, _) =>
        {
            remaining = context.Remaining;
            return Task.CompletedTask;
        });

        // Act
        Assert.True(_shutdown.Coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), signalledAt));
        await _shutdown.ReportAsync();

        // Assert
        Assert.Equal(asked, remaining.TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public async Task Exit_ReleaseTakesAllOfItsTime_RunsAfterIt()
    {
        // Arrange
        _shutdown.Add("pool").Release.UntilCancelled();
        _shutdown.Shutdown.OnExit("log", static _ => Task.CompletedTask);

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.End * 0.9); // nobody waits behind it in Release
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.Equal([("pool", StepOutcome.Cancelled), ("log", StepOutcome.Completed)], report.Participants.TakeLast(2).Select(static part => (part.Name, part.Outcome)));
    }

    [Fact]
    public async Task Exit_OneThrows_SkipsNobodyAndIsInTheReport()
    {
        // Arrange
        bool flushed = false;
        _shutdown.Shutdown.OnExit("broken", static _ => throw new InvalidOperationException("no such collector"));
        _shutdown.Shutdown.OnExit("log", _ => Task.FromResult(flushed = true));

        // Act
        ShutdownReport report = await _shutdown.StopAsync();

        // Assert
        ParticipantReport part = Assert.Single(report.Participants, static part => part.Outcome == StepOutcome.Failed);
        Assert.Equal(("broken", ShutdownPhase.Exit, "InvalidOperationException: no such collector"), (part.Name, part.Phase, part.Error));
        Assert.True(flushed);
        Assert.Equal(ShutdownExitCode.ReleaseFailed, report.ExitCode);
    }

    [Fact]
    public async Task Exit_OneThrowsAndTheDrainHadFailed_TheWeightierCodeStays()
    {
        // Arrange
        _shutdown.Add("queue").Drain.Body = static (_, _) => throw new InvalidOperationException();
        _shutdown.Shutdown.OnExit("log", static _ => throw new InvalidOperationException());

        // Act
        ShutdownReport report = await _shutdown.StopAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, report.ExitCode);
    }

    [Fact]
    public async Task ReportSoFar_HookOfExitStillRuns_NamesItAndIsNotComplete()
    {
        // Arrange
        var begun = Completion.New();
        var end = Completion.New();
        _shutdown.Shutdown.OnExit("log", _ =>
        {
            begun.SetResult();
            return end.Task;
        });

        // Act
        _shutdown.Begin();
        await begun.Task.WaitAsync(TestTimeouts.Hang);
        ShutdownReport soFar = _shutdown.Coordinator.ReportSoFar()!;
        end.SetResult();
        ShutdownReport final = await _shutdown.ReportAsync();

        // Assert
        Assert.Equal((false, true), (soFar.IsComplete, final.IsComplete));
        Assert.Equal(("log", StepOutcome.Abandoned), (soFar.Participants[^1].Name, soFar.Participants[^1].Outcome));
        Assert.Equal(StepOutcome.Completed, final.Participants[^1].Outcome);
    }

    [Fact]
    public async Task Exit_OneNameInTwoPhases_HasAPartInEach()
    {
        // Arrange
        List<ShutdownPhase> phases = [];
        _shutdown.Shutdown.OnRelease("ledger", _ =>
        {
            phases.Add(ShutdownPhase.Release);
            return Task.CompletedTask;
        });
        _shutdown.Shutdown.OnExit("ledger", (context, _) =>
        {
            phases.Add(context.Phase);
            return Task.CompletedTask;
        });

        // Act
        await _shutdown.StopAsync();

        // Assert
        Assert.Equal([ShutdownPhase.Release, ShutdownPhase.Exit], phases);
    }
}
