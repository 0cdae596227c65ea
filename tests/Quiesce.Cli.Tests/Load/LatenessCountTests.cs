using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Balancers;

namespace Quiesce.Cli.Tests.Load;

public sealed class LatenessCountTests
{
    [Fact]
    public void Current_CountedByTwoThreadsAtOnce_HoldsAll()
    {
        const int Each = 200_000;
        var time = new ManualTimeProvider();
        var count = new LatenessCount(time);
        long millisecond = time.TimestampFrequency / 1000;

        SideBySide.Run(() => CountRising(0), () => CountRising(1));

        LoadLateness lateness = count.Current;
        Assert.Equal((2 * Each, 2 * Each, 2 * Each), (lateness.Sent, lateness.NotOnTime, lateness.LateCount));
        Assert.Equal(time.GetElapsedTime(0, (30 * millisecond) + (2 * Each)), lateness.Worst);

        // Each call is later than all before, so that both threads write the worst all the time.
        void CountRising(int thread)
        {
            for (int i = 1; i <= Each; i++) { count.Sent(0, (30 * millisecond) + (2 * i) - thread); }
        }
    }
}
