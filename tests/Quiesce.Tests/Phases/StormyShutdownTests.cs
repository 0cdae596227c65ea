using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Participants that throw, hang, or block.</summary>
public sealed class StormyShutdownTests
{
    [Theory]
    [MemberData(nameof(Clocks.Frequencies), MemberType = typeof(Clocks))]
    public async Task StopAccepting_SourceIsStuck_LeavesTheDrainHalfOfTheTime(long frequency)
    {
        // Arrange
        var shutdown = new ShutdownUnderTest(frequency);
        Probe probe = shutdown.Add("stuck");
        probe.StopAccepting.Hold();
        TaskCompletionSource draining = probe.Drain.Hold();

        // Act
        shutdown.Begin();
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(9)); // half of the 20 s, less a tenth of patience
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(10));
        ShutdownContext context = await probe.Drain.Entered;

        // Assert
        Assert.InRange(context.Remaining.TotalSeconds, 9.9, 10);
        draining.SetResult();
        Assert.Equal(ShutdownExitCode.ReleaseFailed, (await shutdown.ReportAsync()).ExitCode);
    }

    [Fact]
    public async Task Drain_EveryoneIsStuck_ReleaseHasItsWholeReserve()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe last = shutdown.Add("c");
        Probe middle = shutdown.Add("b", "c");
        Probe first = shutdown.Add("a", "b");
        foreach (Probe probe in new[] { first, middle, last }) { probe.Drain.Hold(); }

        TaskCompletionSource releasing = first.Release.Hold();

        // Act
        shutdown.Begin();
        await first.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(21)); // half of the 2 s
        await middle.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(21.45)); // its token, half of what is left
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(21.5)); // its patience
        await last.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(21.95)); // all that is left
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.DrainEnd);
        ShutdownContext release = await first.Release.Entered;
        TimeSpan elapsed = release.Deadline.Elapsed;
        releasing.SetResult();
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.InRange(elapsed, TimeSpan.FromSeconds(21.9), ShutdownUnderTest.DrainEnd + TimeSpan.FromSeconds(0.01));
        Assert.Equal(3, report.Participants.Count(part => part is { Phase: ShutdownPhase.Drain, Outcome: StepOutcome.Abandoned }));
    }

    [Theory]
    [MemberData(nameof(Clocks.Frequencies), MemberType = typeof(Clocks))]
    public async Task Release_HookIsStuck_TakesAtMostHalfAndTheLastOneAll(long frequency)
    {
        // Arrange
        var shutdown = new ShutdownUnderTest(frequency);
        var end = Completion.New();
        var contexts = new List<TaskCompletionSource<ShutdownContext>>();
        foreach (string name in new[] { "last", "first" })
        {
            var entered = Completion.New<ShutdownContext>();
            contexts.Insert(0, entered);
            shutdown.Coordinator.Participants.AddHook(
                name, ShutdownPhase.Release, Hook.Of((context, _) =>
                {
                    entered.SetResult(context);
                    return end.Task;
                }), []);
        }

        // Act
        shutdown.Begin();
        TimeSpan first = (await contexts[0].Task.WaitAsync(TestTimeouts.Hang)).Remaining;
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(12.15)); // half of 27 s, less a tenth
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(13.5));
        TimeSpan last = (await contexts[1].Task.WaitAsync(TestTimeouts.Hang)).Remaining;
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(25.65));
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.End);
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.InRange(first.TotalSeconds, 12.1, 12.2);
        Assert.InRange(last.TotalSeconds, 12.1, 12.2);
        Assert.Equal(2, report.Participants.Count(part => part.Outcome == StepOutcome.Abandoned));
        Assert.Equal(ShutdownExitCode.ReleaseFailed, report.ExitCode);
    }

    [Theory]
    [InlineData(ShutdownPhase.StopAccepting, ShutdownExitCode.ReleaseFailed)]
    [InlineData(ShutdownPhase.Drain, ShutdownExitCode.WorkAbandoned)]
    [InlineData(ShutdownPhase.Release, ShutdownExitCode.ReleaseFailed)]
    public async Task Step_Throws_IsReportedAndSkipsNothing(ShutdownPhase phase, int exitCode)
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe other = shutdown.Add("other");
        Probe probe = shutdown.Add("broken");
        ProbeStep step = phase == ShutdownPhase.StopAccepting ? probe.StopAccepting : phase == ShutdownPhase.Drain ? probe.Drain : probe.Release;
        step.Body = static (_, _) => throw new InvalidOperationException("no such queue");

        // Act
        ShutdownReport report = await shutdown.StopAsync();

        // Assert
        ParticipantReport part = Assert.Single(report.Participants, part => part.Outcome == StepOutcome.Failed);
        Assert.Equal(("broken", phase, "InvalidOperationException: no such queue"), (part.Name, part.Phase, part.Error));
        Assert.True(other.StopAccepting.HasBegun && other.Drain.HasBegun && other.Release.HasBegun && probe.Release.HasBegun);
        Assert.Equal(exitCode, report.ExitCode);
    }

    [Fact]
    public async Task Step_BlocksItsThread_IsLeftBehindAtItsLimit()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        using var unblock = new ManualResetEventSlim();
        Probe probe = shutdown.Add("blocking");
        probe.StopAccepting.Body = (_, _) =>
        {
            unblock.Wait(TestTimeouts.Hang, CancellationToken.None);
            return Task.CompletedTask;
        };

        // Act
        shutdown.Begin();
        await probe.StopAccepting.Entered;
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(9));
        await shutdown.AdvanceToTimerAsync(TimeSpan.FromSeconds(10));
        ShutdownReport report = await shutdown.ReportAsync();
        unblock.Set();

        // Assert
        ParticipantReport part = Assert.Single(report.Participants, static part => part.Outcome == StepOutcome.Abandoned);
        Assert.Equal(("blocking", ShutdownPhase.StopAccepting), (part.Name, part.Phase));
        Assert.Matches("^it (blocks|keeps) thread", part.Whereabouts); // before it sleeps it spins a little
    }

    [Fact]
    public async Task Release_UserWasLeftBehindInTheDrain_SaysThatItStillRan()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        shutdown.Add("pool");
        shutdown.Add("log");
        Probe consumer = shutdown.Add("consumer", "pool");
        TaskCompletionSource end = consumer.Drain.Hold();

        // Act
        shutdown.Begin();
        await consumer.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut + TimeSpan.FromSeconds(1));
        ShutdownReport report = await shutdown.ReportAsync();
        end.SetResult();

        // Assert
        ParticipantReport early = Assert.Single(report.Participants, static part => part.ReleasedBefore.Count > 0);
        Assert.Equal(("pool", ShutdownPhase.Release, "consumer"), (early.Name, early.Phase, Assert.Single(early.ReleasedBefore)));
    }
}
