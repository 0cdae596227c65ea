using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Foreign callbacks on a step's token, and foreign properties, that misbehave.</summary>
public sealed class StormyTokenTests
{
    [Fact]
    public async Task Step_CallbackOnItsTokenThrows_IsNotedAndSkipsNothing()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe probe = shutdown.Add("broken callback");
        probe.Drain.Body = static (_, token) =>
        {
            var ended = Completion.New();
            token.Register(() =>
            {
                ended.SetResult();
                throw new InvalidOperationException();
            });
            return ended.Task;
        };

        // Act
        shutdown.Begin();
        await probe.Drain.Entered;
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        ShutdownReport report = await shutdown.ReportAsync();

        // Assert
        Assert.True(probe.Release.HasBegun);
        Assert.Contains(report.Participants, part => part is { Name: "broken callback", Phase: ShutdownPhase.Drain });
    }

    [Fact]
    public async Task Step_CallbackOnItsTokenBlocks_IsLeftBehindAndOthersAreCancelled()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        using var unblock = new ManualResetEventSlim();
        Probe other = shutdown.Add("other");
        var cancelled = Completion.New();
        other.Drain.Body = (_, token) =>
        {
            token.Register(cancelled.SetResult);
            return cancelled.Task;
        };
        Probe probe = shutdown.Add("blocking callback");
        probe.Drain.Body = (_, token) =>
        {
            token.Register(() => unblock.Wait(TestTimeouts.Hang));
            return Completion.New().Task;
        };

        // Act
        shutdown.Begin();
        await Task.WhenAll(probe.Drain.Entered, other.Drain.Entered);
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await cancelled.Task.WaitAsync(TestTimeouts.Hang);
        await shutdown.AdvanceToTimerAsync(ShutdownUnderTest.DrainEnd);
        ShutdownReport report = await shutdown.ReportAsync();
        unblock.Set();

        // Assert
        Assert.Contains(report.Participants, part => part is { Name: "blocking callback", Outcome: StepOutcome.Abandoned });
    }

    [Fact]
    public async Task Participant_CannotSayWhatItUses_SkipsNothing()
    {
        // Arrange
        var shutdown = new ShutdownUnderTest();
        Probe other = shutdown.Add("other");
        shutdown.Coordinator.Participants.Add(new BrokenUses());

        // Act
        await shutdown.StopAsync();

        // Assert
        Assert.True(other.Drain.HasBegun && other.Release.HasBegun);
    }

    private sealed class BrokenUses : IShutdownParticipant
    {
        public string Name => "broken uses";

        public IReadOnlyCollection<string> Uses => throw new InvalidOperationException();
    }
}
