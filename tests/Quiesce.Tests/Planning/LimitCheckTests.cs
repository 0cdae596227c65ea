using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Planning;

/// <summary>Explicit limits have to fit into the shares, along the longest chain: the cut is at 20 s, the reserve has 5 s.</summary>
public sealed class LimitCheckTests
{
    private static readonly ShutdownBudget _budget = Budget(30);
    private readonly ParticipantRegistry _participants = new();

    [Theory]
    [InlineData(ShutdownPhase.StopAccepting, 20)]
    [InlineData(ShutdownPhase.Drain, 20)]
    [InlineData(ShutdownPhase.Release, 5)]
    public void Check_OneFitsExactly_SaysNothing(ShutdownPhase phase, int seconds)
    {
        // Arrange
        Add("ledger", phase, seconds);

        // Act
        (IReadOnlyList<string> failures, IReadOnlyList<string> warnings) = LimitCheck.Run(_participants.Snapshot(), _budget, _budget);

        // Assert
        Assert.Empty(failures);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData(ShutdownPhase.StopAccepting, 21, "The limit of 'ledger' in StopAccepting is 00:00:21; work is cancelled after 00:00:20.")]
    [InlineData(ShutdownPhase.Drain, 21, "The limit in Drain of 'ledger' 00:00:21 is too long; work is cancelled after 00:00:20.")]
    [InlineData(ShutdownPhase.Release, 6, "The limit in Release of 'ledger' 00:00:06 is too long; ReleaseReserve is 00:00:05.")]
    public void Check_OneIsTooLong_SaysWhichAndWhatThereIs(ShutdownPhase phase, int seconds, string sentence)
    {
        // Arrange
        Add("ledger", phase, seconds);

        // Act, assert
        Assert.Equal([sentence + " Shorten one, or raise the share or the grace."], Failures());
    }

    [Fact]
    public void Check_TheyWaitForOneAnother_AddsUpTheLongestChain()
    {
        // Arrange: producer → pool → disk is the longest; cache is released beside them
        Add("disk", ShutdownPhase.Release, 1, ParticipantUses.Nothing);
        Add("cache", ShutdownPhase.Release, 3, ParticipantUses.Nothing);
        Add("pool", ShutdownPhase.Release, 2, "disk");
        Add("producer", ShutdownPhase.Release, 3, "pool");

        // Act, assert
        Assert.Equal(
            [
                "The limits in Release of 'producer' 00:00:03 → 'pool' 00:00:02 → 'disk' 00:00:01 add up to 00:00:06; ReleaseReserve is 00:00:05. " +
                "Shorten one, or raise the share or the grace.",
            ],
            Failures());
    }

    [Fact]
    public void Check_TheyAreReleasedSideBySide_CountsTheLongestOnly()
    {
        // Arrange
        foreach (string name in (string[])["disk", "cache", "pool"]) { Add(name, ShutdownPhase.Release, 5, ParticipantUses.Nothing); }

        // Act, assert
        Assert.Empty(Failures());
    }

    [Fact]
    public void Check_TheySayNothing_WaitForOneAnotherInRelease()
    {
        // Arrange
        Add("disk", ShutdownPhase.Release, 3);
        Add("cache", ShutdownPhase.Release, 3);

        // Act, assert
        Assert.StartsWith("The limits in Release of 'cache' 00:00:03 → 'disk' 00:00:03 add up to 00:00:06;", Assert.Single(Failures()), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SomeHaveNoLimit_KeepsAQuarterForThem()
    {
        // Arrange
        Add("disk", ShutdownPhase.Release, 4);
        Add("cache", ShutdownPhase.Release, limit: null);

        // Act, assert
        Assert.Equal(
            [
                "The limit in Release of 'disk' 00:00:04 is too long; ReleaseReserve is 00:00:05, a quarter of which is kept for those without a limit. " +
                "Shorten one, or raise the share or the grace.",
            ],
            Failures());
    }

    [Fact]
    public void Check_TheyDrainAfterOneAnother_AddsThemUp()
    {
        // Arrange
        Add("queue", ShutdownPhase.Drain, 12);
        Add("consumer", ShutdownPhase.Drain, 12, "queue");
        Add("mail", ShutdownPhase.Drain, 20);

        // Act, assert
        Assert.StartsWith(
            "The limits in Drain of 'consumer' 00:00:12 → 'queue' 00:00:12 add up to 00:00:24; work is cancelled after 00:00:20.",
            Assert.Single(Failures()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OnlyTheEnvironmentIsTooShort_Warns()
    {
        // Arrange
        Add("ledger", ShutdownPhase.Release, 4);

        // Act: with a grace of 10 s the reserve is 2 s
        (IReadOnlyList<string> failures, IReadOnlyList<string> warnings) = LimitCheck.Run(_participants.Snapshot(), Budget(10), configured: _budget);

        // Assert
        Assert.Empty(failures);
        Assert.Equal(
            [
                "QUIESCE_GRACE_PERIOD is shorter than GracePeriod. The limit in Release of 'ledger' 00:00:04 is too long; ReleaseReserve is 00:00:02. " +
                "They are shortened.",
            ],
            warnings);
    }

    [Fact]
    public void Check_LimitMakesNoSense_SaysSoWhateverTheEnvironment()
    {
        // Arrange
        _participants.Add(new Probe("clock") { Limit = static _ => TimeSpan.Zero });
        _participants.Add(new Probe("broken") { Limit = static phase => phase == ShutdownPhase.Drain ? throw new InvalidOperationException("no idea") : null });

        // Act
        (IReadOnlyList<string> failures, _) = LimitCheck.Run(_participants.Snapshot(), Budget(10), configured: _budget);

        // Assert
        Assert.Equal(
            [
                "The limit of 'clock' in StopAccepting is 00:00:00; use more than zero, or none.",
                "The limit of 'clock' in Drain is 00:00:00; use more than zero, or none.",
                "The limit of 'clock' in Release is 00:00:00; use more than zero, or none.",
                "'broken' cannot say its limit in Drain: InvalidOperationException: no idea.",
            ],
            failures);
    }

    [Fact]
    public void AddHook_LimitIsNotMoreThanZero_IsRefusedWhereItIsWritten()
    {
        // Act, assert
        Assert.Throws<ArgumentOutOfRangeException>(() => Add("ledger", ShutdownPhase.Release, 0));
        Assert.Empty(_participants.Snapshot());
    }

    [Fact]
    public async Task OnRelease_LimitDoesNotFitWhileTheProgramRuns_WarnsAndTakesIt()
    {
        // Arrange
        var logger = new TestLogger();
        BoundedLogger bounded = BoundedLogger.Around(logger);
        var coordinator = new ShutdownCoordinator(_budget, _participants, TimeProvider.System, bounded);
        var shutdown = new GracefulShutdown(coordinator, static _ => { });

        // Act
        shutdown.OnRelease("ledger", static _ => Task.CompletedTask, TimeSpan.FromSeconds(60));
        shutdown.Add(new Probe("broken") { Limit = static _ => throw new InvalidOperationException("no idea") });
        await coordinator.LimitsChecked.WaitAsync(TestTimeouts.Hang);
        await bounded.Written.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Contains(logger.Entries, static entry => entry.Text.StartsWith("The limit in Release of 'ledger' 00:01:00 is too long;", StringComparison.Ordinal));
        Assert.Contains(logger.Entries, static entry => entry.Text.StartsWith("'broken' cannot say its limit in Drain", StringComparison.Ordinal));
        Assert.Contains(_participants.Snapshot(), static one => one.Name == "ledger");
    }

    private static ShutdownBudget Budget(int grace) =>
        BudgetPlanner.Plan(new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(grace) }, null).Require();

    private IReadOnlyList<string> Failures() => LimitCheck.Run(_participants.Snapshot(), _budget, _budget).Failures;

    private void Add(string name, ShutdownPhase phase, int? limit, params string[] uses)
    {
        Hook hook = Hook.Of(static (_, _) => Task.CompletedTask) with { Limit = limit is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        _participants.AddHook(name, phase, hook, uses);
    }
}
