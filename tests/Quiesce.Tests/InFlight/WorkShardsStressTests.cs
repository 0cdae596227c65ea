using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>Real threads that go from shard to shard. Many short rounds: the races are in the moment of the close.</summary>
[Trait("Kind", "Stress")]
public sealed class WorkShardsStressTests
{
    private const int Cores = 4;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shards_CloseWhileThreadsComeAndGo_NobodyIsInsideAfterDrained(bool onceEmpty)
    {
        // Arrange
        var random = new Random(Seeds.Next(nameof(Shards_CloseWhileThreadsComeAndGo_NobodyIsInsideAfterDrained)));
        int violations = 0;
        int undrained = 0;

        // Act
        for (int round = 0; round < 500; round++)
        {
            WorkShards shards = New();
            int delay = random.Next(2_000);
            Action Worker(int home) => () =>
            {
                for (int i = 0; i < 50 && shards.TryEnter(home + i, out WorkShard? root); i++)
                {
                    if (shards.Drained.IsCompleted) { Interlocked.Increment(ref violations); }

                    bool nested = shards.TryEnterNested(home + i + 1, out WorkShard? child);
                    root.Gate.Exit();
                    if (!nested || shards.Drained.IsCompleted) { Interlocked.Increment(ref violations); }

                    child?.Gate.Exit();
                }
            };
            Threads.RunTogether(Worker(0), Worker(1), () =>
            {
                Thread.SpinWait(delay);
                if (onceEmpty) { shards.CloseOnceEmpty(); }
                else { shards.Close(); }
            });
            undrained += shards.Drained.IsCompleted && shards.Count == 0 ? 0 : 1;
        }

        // Assert
        Assert.Equal((0, 0), (violations, undrained));
    }

    [Fact]
    public void CloseOnceEmpty_SomebodyIsAlwaysInside_RefusesNobody()
    {
        // Arrange
        int refused = 0;

        // Act
        for (int round = 0; round < 500; round++)
        {
            WorkShards shards = New();
            shards.TryEnter(0, out WorkShard? held);
            Action worker = () =>
            {
                for (int i = 0; i < 50; i++)
                {
                    if (shards.TryEnter(i, out WorkShard? root)) { root.Gate.Exit(); }
                    else { Interlocked.Increment(ref refused); }
                }
            };
            Threads.RunTogether(worker, worker, shards.CloseOnceEmpty);
            held!.Gate.Exit();
        }

        // Assert
        Assert.Equal(0, refused);
    }

    private static WorkShards New() => new(new WorkTracker(TimeProvider.System), Cores);
}
