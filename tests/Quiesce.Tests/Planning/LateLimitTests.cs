using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Planning;

/// <summary>Limits of those that join while the program runs.</summary>
public sealed class LateLimitTests
{
    private readonly TestLogger _logger = new();
    private readonly BoundedLogger _bounded;
    private readonly ShutdownUnderTest _shutdown;

    public LateLimitTests()
    {
        _bounded = BoundedLogger.Around(_logger);
        _shutdown = new ShutdownUnderTest(logger: _bounded);
    }

    [Fact]
    public async Task OnRelease_ManyHooksHaveLimits_AreLookedAtTogetherAndSaidOnce()
    {
        // Arrange: the first look is held by a participant that is asked for its limit
        using var go = new ManualResetEventSlim();
        var looking = Completion.New();
        _shutdown.Coordinator.Participants.Add(new Probe("slow")
        {
            Limit = phase =>
            {
                if (looking.TrySetResult()) { Assert.True(go.Wait(TestTimeouts.Hang, CancellationToken.None)); }

                return phase == ShutdownPhase.Drain ? TimeSpan.FromSeconds(60) : null;
            },
        });
        _shutdown.Coordinator.CheckLimits();
        await looking.Task.WaitAsync(TestTimeouts.Hang);

        // Act
        for (int i = 0; i < 100; i++) { _shutdown.Shutdown.OnRelease($"hook {i}", static _ => Task.CompletedTask, TimeSpan.FromSeconds(1)); }

        go.Set();
        await _shutdown.Coordinator.LimitsChecked.WaitAsync(TestTimeouts.Hang);
        await _bounded.Written.WaitAsync(TestTimeouts.Hang);

        // Assert: one more look, which finds the drain's problem again
        Assert.Equal(1, _logger.Entries.Count(static entry => entry.Text.StartsWith("The limit in Drain of 'slow'", StringComparison.Ordinal)));
        Assert.Equal(1, _logger.Entries.Count(static entry => entry.Text.StartsWith("The limits in Release of", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Add_TheLimitCannotBeRead_TheWarningSaysWhatThatMeans()
    {
        // Act
        _shutdown.Shutdown.Add(new Probe("broken") { Limit = static _ => throw new InvalidOperationException("no idea") });
        await _shutdown.Coordinator.LimitsChecked.WaitAsync(TestTimeouts.Hang);
        await _bounded.Written.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Contains(_logger.Entries, static entry => entry.Text ==
            "'broken' cannot say its limit in Drain: InvalidOperationException: no idea. Meanwhile limits that are too long are shortened, and those that cannot be read do not count.");
    }
}
