using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class ShortSliceTests
{
    [Fact]
    public async Task Ask_Thread_HasItAndWhatItStartsHasTheUsual()
    {
        TimeSpan usual = RequireKernel(), own = TimeSpan.Zero, started = TimeSpan.Zero;

        await OnThreadOfItsOwn(() =>
        {
            ShortSlice.Ask();
            own = ShortSlice.Current();
            var child = new Thread(() => started = ShortSlice.Current());
            child.Start();
            child.Join();
        });

        Assert.Equal((ShortSlice.Length, usual), (own, started));
    }

    [Fact]
    public async Task Load_ThreadThatKeepsTheSchedule_HasIt()
    {
        RequireKernel();
        var balancer = new AskedBalancer();
        LoadOptions options = new(Rate: 500, FreshShare: 0, TimeSpan.FromSeconds(20), [Templates.Get], Seed: 42);
        await using OpenLoopLoad load = OpenLoopLoad.Start(options, balancer, TimeProvider.System);

        Assert.Equal(ShortSlice.Length, await balancer.Slice.WaitAsync(TestTimeouts.Hang));
    }

    private static TimeSpan RequireKernel()
    {
        TimeSpan usual = ShortSlice.Current();
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
            _slice.TrySetResult(ShortSlice.Current());
            return null;
        }

        public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
