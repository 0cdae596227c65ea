using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>Units that end when the stop tells them to do not hold the drain of the others.</summary>
public sealed class LongLivedWorkTests
{
    private readonly WorkTracker _work = new(new ManualTimeProvider());

    [Fact]
    public async Task LongLived_UnitIsOpen_HoldsOnlyItsOwnDrain()
    {
        // Arrange
        WorkLease stream = Begin("GET /events");
        stream.MarkLongLived();
        stream.MarkLongLived(); // harmless

        // Act
        _work.Close();
        await _work.Drained.WaitAsync(TestTimeouts.Hang);
        (bool Drained, int InFlight) open = (_work.LongLivedDrained.IsCompleted, _work.InFlight);
        stream.Dispose();
        await _work.LongLivedDrained.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal((false, 1), open);
        Assert.Equal(0, _work.InFlight);
    }

    [Fact]
    public async Task LongLived_UnitBecomesOneAfterTheClose_StillHoldsTheirDrain()
    {
        // Arrange
        WorkLease upgrade = Begin("GET /socket");
        _work.Close();

        // Act
        upgrade.MarkLongLived();
        await _work.Drained.WaitAsync(TestTimeouts.Hang);
        bool drainedTooEarly = _work.LongLivedDrained.IsCompleted;
        upgrade.Dispose();
        await _work.LongLivedDrained.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.False(drainedTooEarly);
    }

    [Fact]
    public void LongLived_ChildAfterTheDrain_IsRefused()
    {
        // Arrange
        WorkLease socket = Begin("GET /socket");
        socket.MarkLongLived();
        _work.TryBegin("message", socket, out WorkLease first);
        _work.Close();

        // Act
        bool whileDraining = _work.TryBegin("message", socket, out WorkLease second);
        first.Dispose();
        bool drainedTooEarly = _work.Drained.IsCompleted;
        second.Dispose();
        bool afterwards = _work.TryBegin("message", socket, out _);

        // Assert
        Assert.Equal((true, false, false), (whileDraining, drainedTooEarly, afterwards));
    }

    [Fact]
    public void Snapshot_UnitEndsAfterwards_StillSaysThatItWasLongLived()
    {
        // Arrange
        WorkLease stream = Begin("GET /events");
        stream.MarkLongLived();
        WorkInFlight seen = Assert.Single(_work.Snapshot());

        // Act
        stream.Dispose();

        // Assert
        Assert.True(seen.IsLongLived);
        Assert.False(seen.Lease.IsAlive);
    }

    private WorkLease Begin(string kind)
    {
        Assert.True(_work.TryBegin(kind, out WorkLease lease));
        return lease;
    }
}
