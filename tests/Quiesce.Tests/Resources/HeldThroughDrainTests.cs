using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Resources;

/// <summary>What a lock waits for in Release.</summary>
public sealed class HeldThroughDrainTests
{
    private readonly ShutdownUnderTest _shutdown = new();
    private readonly HeldThroughDrain _held;
    private bool _givenUp;

    public HeldThroughDrainTests() => _held = new HeldThroughDrain(_shutdown.Coordinator, "leader", new Handle(() => _givenUp = true), []);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HoldThroughDrain_WorkOfATrackerThatNobodyClosesEnds_IsGivenUp(bool longLived)
    {
        // Arrange
        var tracker = new WorkTracker(_shutdown.Shutdown);
        Assert.True(tracker.TryBegin("query", out WorkLease query));
        if (longLived) { query.MarkLongLived(); }

        // Act
        Task releasing = _held.ReleaseAsync(Context(), CancellationToken.None);
        bool waits = !releasing.IsCompleted;
        query.Dispose();
        await releasing.OrHang();

        // Assert
        Assert.Equal((true, true), (waits, _givenUp));
    }

    [Fact]
    public async Task HoldThroughDrain_AHandBackStillRuns_IsHeldAndSaysSo()
    {
        // Arrange
        ShutdownContext context = Context();
        IDisposable handBack = _shutdown.Coordinator.Work.Hold();
        using var limit = new CancellationTokenSource();

        // Act
        Task releasing = _held.ReleaseAsync(context, limit.Token);
        await limit.CancelAsync();

        // Assert
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => releasing.OrHang());
        Assert.False(_givenUp);
        Assert.Equal("not given up, because a hand-back still runs: held until the process ends", Assert.Single(context.Notes));
        handBack.Dispose();
        await _held.ReleaseAsync(context, CancellationToken.None).OrHang();
        Assert.True(_givenUp);
    }

    private ShutdownContext Context()
    {
        var deadline = new Deadline(_shutdown.Time, _shutdown.Coordinator.Budget, _shutdown.Time.GetTimestamp());
        return new ShutdownContext(new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"), ShutdownPhase.Release, deadline, ShutdownUnderTest.End);
    }

    private sealed class Handle(Action giveUp) : IDisposable
    {
        public void Dispose() => giveUp();
    }
}
