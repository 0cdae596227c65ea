using System.Collections.Concurrent;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>Real threads against slots, versions and snapshots.</summary>
[Trait("Kind", "Stress")]
public sealed class WorkTrackerStressTests
{
    [Fact]
    public void Tracker_ThreadsBeginAndEnd_LosesAndConfusesNoUnit()
    {
        // Arrange
        int seed = Seeds.Next(nameof(Tracker_ThreadsBeginAndEnd_LosesAndConfusesNoUnit));
        var work = new WorkTracker(TimeProvider.System);
        int failures = 0;
        Action[] workers = [.. Enumerable.Range(0, 4).Select<int, Action>(worker => () =>
        {
            var random = new Random(seed + worker);
            var mine = new Stack<WorkLease>();
            for (int i = 0; i < 20_000; i++)
            {
                if (mine.Count == 0 || random.Next(2) == 0)
                {
                    if (!work.TryBegin("row", out WorkLease lease) || !lease.IsAlive) { Interlocked.Increment(ref failures); }

                    mine.Push(lease);
                }
                else
                {
                    WorkLease lease = mine.Pop();
                    if (!lease.IsAlive) { Interlocked.Increment(ref failures); }

                    lease.Dispose();
                    lease.Dispose();
                    if (lease.IsAlive) { Interlocked.Increment(ref failures); }
                }
            }

            while (mine.TryPop(out WorkLease lease)) { lease.Dispose(); }
        })];

        // Act
        Threads.RunTogether(workers);
        work.Close();

        // Assert
        Assert.Equal((0, 0, true), (failures, work.InFlight, work.Drained.IsCompleted));
        Assert.Empty(work.Snapshot());
    }

    [Fact]
    public void Snapshot_UnitsComeAndGo_NeverShowsTheKindOfAnother()
    {
        // Arrange: the two sorts of unit share slots, so that a torn read shows.
        var work = new WorkTracker(TimeProvider.System, static () => new Description());
        var wrong = new ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        Action worker = () =>
        {
            while (!stop.IsCancellationRequested)
            {
                work.TryBegin("plain", out WorkLease plain);
                plain.Dispose();
                work.TryBegin("described", out WorkLease described, out IWorkDescription? _);
                described.MarkLongLived();
                described.Dispose();
            }
        };

        // Act
        Threads.RunTogether(worker, worker, () =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                foreach (WorkInFlight unit in work.Snapshot())
                {
                    bool right = unit.Kind == "plain" ? !unit.IsLongLived : unit.Kind == "by description";
                    if (!right) { wrong.Add($"{unit.Kind}, long-lived: {unit.IsLongLived}"); }
                }
            }

            stop.Cancel();
        });

        // Assert
        Assert.Empty(wrong);
    }

    [Fact]
    public void TryBegin_ParentEndsMeanwhile_AdmitsOnlyWhatTheDrainWaitsFor()
    {
        // Arrange
        int violations = 0;
        int undrained = 0;

        // Act
        for (int round = 0; round < 5_000; round++)
        {
            var work = new WorkTracker(TimeProvider.System);
            work.TryBegin("parent", out WorkLease parent);
            work.Close();
            Parallel.Invoke(parent.Dispose, () =>
            {
                if (!work.TryBegin("child", parent, out WorkLease child)) { return; }

                if (work.Drained.IsCompleted) { Interlocked.Increment(ref violations); }

                child.Dispose();
            });
            undrained += work.Drained.IsCompleted ? 0 : 1;
        }

        // Assert
        Assert.Equal((0, 0), (violations, undrained));
    }

    private sealed class Description : IWorkDescription
    {
        public string Kind => "by description";
    }
}
