using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Tests.Balancers;

namespace Quiesce.Cli.Tests.Load;

public sealed class LatenessCountTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Current_CountedByTwoThreadsAtOnce_HoldsAll()
    {
        const int Each = 100_000;
        var count = new LatenessCount(_time);

        SideBySide.Run(Count, Count);

        LoadLateness lateness = count.Current;
        Assert.Equal((2 * Each, 2 * Each, 2 * Each), (lateness.Sent, lateness.NotOnTime, lateness.LateCount));

        void Count()
        {
            for (int i = 0; i < Each; i++) { count.Sent(0, Milliseconds(30)); }
        }
    }

    [Fact]
    public void Worst_TwoThreadsAtOnce_IsTheWorstOfBoth()
    {
        LatenessCount[] counts = [.. Enumerable.Range(0, 20_000).Select(_ => new LatenessCount(_time))];
        long small = Milliseconds(30), large = Milliseconds(40);

        SideBySide.RunInStep(counts.Length, round => counts[round].Sent(0, small), round => counts[round].Sent(0, large));

        Assert.All(counts, count => Assert.Equal(_time.GetElapsedTime(0, large), count.Current.Worst));
    }

    private long Milliseconds(int count) => count * _time.TimestampFrequency / 1000;
}
