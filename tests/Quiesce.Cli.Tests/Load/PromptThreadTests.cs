using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class PromptThreadTests
{
    [Fact]
    public async Task Ask_Thread_HasItAndWhatItStartsHasTheUsual()
    {
        (TimeSpan, int) usual = (RequireKernel(), 0), own = default, started = default;

        await OnThreadOfItsOwn(() =>
        {
            PromptThread.Ask();
            own = PromptThread.Current();
            var child = new Thread(() => started = PromptThread.Current());
            child.Start();
            child.Join();
        });

        Assert.Equal(((PromptThread.Slice, MayTakeMore ? -20 : 0), usual), (own, started));
    }

    [Fact]
    public async Task Load_ThreadThatKeepsTheSchedule_HasIt()
    {
        RequireKernel();
        var balancer = new AskedBalancer();
        LoadOptions options = new(Rate: 500, FreshShare: 0, TimeSpan.FromSeconds(20), [Templates.Get], Seed: 42);
        await using OpenLoopLoad load = OpenLoopLoad.Start(options, balancer, TimeProvider.System);

        Assert.Equal(PromptThread.Slice, await balancer.Slice.WaitAsync(TestTimeouts.Hang));
    }

    /// <summary>CAP_SYS_NICE, bit 23 of what this process may do; see capabilities(7). What RLIMIT_NICE allows besides nobody has here.</summary>
    private static bool MayTakeMore
    {
        get
        {
            string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("CapEff:", StringComparison.Ordinal));
            return (Convert.ToUInt64(line[7..].Trim(), 16) >> 23 & 1) == 1;
        }
    }

    private static TimeSpan RequireKernel()
    {
        TimeSpan usual = PromptThread.Current().Slice;
        Assert.SkipUnless(usual > TimeSpan.Zero, "This kernel knows no slices of single threads; that takes Linux 6.12.");
        return usual;
    }

    private static Task OnThreadOfItsOwn(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(TestTimeouts.Hang);

    /// <summary>Is asked by the thread that keeps the schedule, and has nobody to offer.</summary>
    private sealed class AskedBalancer : IBalancer
    {
        private readonly TaskCompletionSource<TimeSpan> _slice = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> Slice => _slice.Task;

        public string Name => "asked";

        public Endpoint? Choose()
        {
            _slice.TrySetResult(PromptThread.Current().Slice);
            return null;
        }

        public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
