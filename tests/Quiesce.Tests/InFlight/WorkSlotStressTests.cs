using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>Real threads against the record of a unit and a lease that has outlived it.</summary>
[Trait("Kind", "Stress")]
public sealed class WorkSlotStressTests
{
    [Fact]
    public void HandBack_ALeaseThatHasOutlivedItsUnit_NeverHandsTheNextOneBack()
    {
        // Arrange: units without a callback and units with one take turns in one record
        WorkSlot slot = new WorkShard(new WorkTracker(TimeProvider.System), new DrainSignal(1)).Rent();
        var handBacks = new HandBacks(CancellationToken.None);
        int stale = 0;
        int wrong = 0;
        bool over = false;

        // Act
        Threads.RunTogether(
            () =>
            {
                for (int i = 0; i < 2_000_000; i++)
                {
                    int version = slot.Begin("row", description: null, handBack: null, startedAt: 0);
                    Volatile.Write(ref stale, version);
                    slot.TryEnd(version);
                    slot.TryEnd(slot.Begin("message", description: null, HandBackCall.Of(static _ => Task.CompletedTask), startedAt: 0));
                }

                Volatile.Write(ref over, true);
            },
            () =>
            {
                while (!Volatile.Read(ref over))
                {
                    if (handBacks.Begin(new WorkLease(slot, Volatile.Read(ref stale)), slot) is not null) { wrong++; }
                }
            });

        // Assert
        Assert.Equal(0, wrong);
    }
}
