using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Planning;

/// <summary>What would happen is known before it does.</summary>
public sealed class ShutdownPlanTests
{
    private readonly ShutdownUnderTest _shutdown = new();

    [Fact]
    public void Plan_TwoThatUseOneAnother_HasEachStepWithItsLatestEnd()
    {
        // Arrange
        _shutdown.Add("database");
        _shutdown.Add("consumer", "database");

        // Act
        ShutdownPlan plan = Plan();

        // Assert
        Assert.Equal(
            [
                new("database", ShutdownPhase.StopAccepting, 0, ShutdownUnderTest.Cut / 2),
                new("consumer", ShutdownPhase.StopAccepting, 0, ShutdownUnderTest.Cut / 2),
                new("work in flight", ShutdownPhase.Drain, 0, ShutdownUnderTest.DrainEnd),
                new("consumer", ShutdownPhase.Drain, 1, ShutdownUnderTest.DrainEnd),
                new("database", ShutdownPhase.Drain, 2, ShutdownUnderTest.DrainEnd),
                new("consumer", ShutdownPhase.Release, 0, TimeSpan.FromSeconds(24.5)), // half of the reserve of 5 s
                new("database", ShutdownPhase.Release, 1, ShutdownUnderTest.End),
            ],
            plan.Steps);
        Assert.Equal((ShutdownUnderTest.End, ShutdownUnderTest.EnforceAt), (plan.LatestEnd, plan.ForcedEnd));
    }

    [Fact]
    public void Plan_TheyAreReleasedSideBySide_ShareALine()
    {
        // Arrange
        ParticipantRegistry participants = _shutdown.Coordinator.Participants;
        participants.AddHook("log", ShutdownPhase.Release, Hook.Of(DoNothing), [ParticipantUses.Nothing]);
        participants.AddHook("pool", ShutdownPhase.Release, Hook.Of(DoNothing), [ParticipantUses.Nothing]);
        participants.AddHook("broker", ShutdownPhase.Release, Hook.Of(DoNothing), []);

        // Act
        string text = Plan().ToString();

        // Assert
        Assert.Equal(
            """
            Shutdown plan for a grace of 30.0 s. Each time is the worst case, measured from the signal.
            StopAccepting: all at once
            Drain: work is cancelled after 20.0 s and handed back until 22.0 s
              1. by 22.0 s: work in flight
            Release: everything is released after 27.0 s
              1. by 24.5 s: broker
              2. by 27.0 s: pool, log
            Exit: ended by force after 28.5 s, SIGKILL after 30.0 s
            """,
            text);
    }

    [Fact]
    public void Plan_HooksOfExit_AreListedWithWhatAReportThatHangsLeaves()
    {
        // Arrange: half of 1.5 s for the report's channels, a quarter for standard error, and then half of what is left
        ParticipantRegistry participants = _shutdown.Coordinator.Participants;
        participants.AddHook("log", ShutdownPhase.Exit, Hook.Of(DoNothing), []);
        participants.AddHook("traces", ShutdownPhase.Exit, Hook.Of(DoNothing), []);

        // Act
        ShutdownPlan plan = Plan();

        // Assert
        Assert.Equal(new PlannedStep("log", ShutdownPhase.Exit, 0, TimeSpan.FromSeconds(28.3125)), plan.Steps[^2]);
        Assert.EndsWith(
            $"Exit: ended by force after 28.5 s, SIGKILL after 30.0 s{Environment.NewLine}  1. by 28.313 s: log, traces", plan.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(90)]
    public void Plan_AnyGrace_EveryStepEndsWithinTheBudget(double grace)
    {
        // Arrange
        ShutdownBudget budget = BudgetPlanner.Plan(new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(grace) }, null).Require();
        IShutdownParticipant[] participants = [.. Enumerable.Range(0, 40).Select(static i => new Probe($"hook {i}"))];

        // Act
        ShutdownPlan plan = ShutdownPlanner.Plan(participants, budget);

        // Assert
        Assert.All(plan.Steps, step => Assert.InRange(step.LatestEnd, TimeSpan.Zero, budget.End));
        Assert.Equal(budget.End, plan.Steps[^1].LatestEnd);
    }

    [Fact]
    public async Task Started_DebugIsOn_LogsThePlan()
    {
        // Arrange
        var logger = new TestLogger();
        BoundedLogger bounded = BoundedLogger.Around(logger);
        var shutdown = new ProcessShutdown(_shutdown.Coordinator, new ProcessUnderTest().Owner, bounded, alwaysExitZero: false);

        // Act
        shutdown.Started();
        await bounded.Written.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.StartsWith("Shutdown plan for a grace of 30.0 s", Assert.Single(logger.Entries).Text, StringComparison.Ordinal);
    }

    private static Task DoNothing(ShutdownContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    private ShutdownPlan Plan() => ShutdownPlanner.Plan(_shutdown.Coordinator.Participants.Snapshot(), _shutdown.Coordinator.Budget);
}
