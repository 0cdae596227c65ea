using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

public sealed class WorkTrackerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly WorkTracker _work;

    public WorkTrackerTests() => _work = new WorkTracker(_time);

    [Fact]
    public void Lease_Default_EndsNothing()
    {
        // Arrange
        WorkLease lease = default;

        // Act
        lease.Dispose();

        // Assert
        Assert.False(lease.IsAlive);
        Assert.True(lease == default);
    }

    [Fact]
    public void Lease_DisposedTwice_EndsOneUnit()
    {
        // Arrange
        WorkLease other = Begin("other");
        WorkLease lease = Begin("row");

        // Act
        lease.Dispose();
        lease.Dispose();

        // Assert
        Assert.Equal(1, _work.InFlight);
        Assert.True(other.IsAlive);
    }

    [Fact]
    public void Lease_StaleCopy_DoesNotEndTheNextUnitInItsSlot()
    {
        // Arrange
        WorkLease stale = Begin("first");
        WorkLease copy = stale;
        stale.Dispose();
        WorkLease next = Begin("second"); // the slot that was freed last is taken first

        // Act
        copy.Dispose();

        // Assert
        Assert.NotEqual(copy, next);
        Assert.True(next.IsAlive);
        Assert.Equal("second", Assert.Single(_work.Snapshot()).Kind);
    }

    [Fact]
    public void Begin_InSteadyState_AllocatesNothing()
    {
        // Arrange
        Cycle();

        // Act
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) { Cycle(); }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Assert
        Assert.Equal(0, allocated);

        void Cycle()
        {
            _work.TryBegin("row", out WorkLease parent);
            _work.TryBegin("mail", parent, out WorkLease child);
            parent.Dispose();
            child.Dispose();
        }
    }

    [Fact]
    public void Snapshot_SeveralUnits_OldestFirstWithKindAndAge()
    {
        // Arrange
        Begin("old");
        _time.Advance(TimeSpan.FromSeconds(3));
        Begin("young");
        _time.Advance(TimeSpan.FromSeconds(1));

        // Act
        IEnumerable<(string Kind, double Age)> units = _work.Snapshot().Select(unit => (unit.Kind, unit.Age.TotalSeconds));

        // Assert
        Assert.Equal([("old", 4), ("young", 1)], units);
    }

    [Fact]
    public void Begin_HundredThousandUnits_AreAllThere()
    {
        // Arrange
        WorkLease[] leases = [.. Enumerable.Range(0, 100_000).Select(_ => Begin("row"))];

        // Act
        int seen = _work.Snapshot().Count;
        Array.ForEach(leases, lease => lease.Dispose());

        // Assert
        Assert.Equal((100_000, 0), (seen, _work.InFlight));
    }

    [Fact]
    public void Hold_IsNoUnit_ButKeepsTheDrainOpen()
    {
        // Arrange
        IDisposable hold = _work.Hold();
        _work.Close();

        // Act
        (int InFlight, bool Drained) held = (_work.InFlight, _work.Drained.IsCompleted);
        hold.Dispose();
        hold.Dispose();

        // Assert
        Assert.Equal((0, false), held);
        Assert.True(_work.Drained.IsCompleted);
        Assert.Equal(0, _work.InFlight);
    }

    [Fact]
    public void TryBegin_ParentOfAnotherTrackerAndDrained_IsRefused()
    {
        // Arrange
        var requests = new WorkTracker(_time);
        requests.TryBegin("GET /orders", out WorkLease request);
        _work.Close();

        // Act
        bool admitted = _work.TryBegin("mail", request, out _);

        // Assert
        Assert.False(admitted); // nobody would wait for it
    }

    [Fact]
    public void TryBegin_ParentOfAnotherTrackerAndHeld_IsAdmittedAndAwaited()
    {
        // Arrange
        var requests = new WorkTracker(_time);
        requests.TryBegin("GET /orders", out WorkLease request);
        IDisposable hold = _work.Hold();
        _work.Close();

        // Act
        bool admitted = _work.TryBegin("mail", request, out WorkLease mail);
        hold.Dispose();
        bool drainedTooEarly = _work.Drained.IsCompleted;
        mail.Dispose();

        // Assert
        Assert.Equal((true, false, true), (admitted, drainedTooEarly, _work.Drained.IsCompleted));
    }

    private WorkLease Begin(string kind)
    {
        Assert.True(_work.TryBegin(kind, out WorkLease lease));
        return lease;
    }
}
