using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class OpenLoopLoadThreadsTests
{
    private const int Nobody = 0;

    [Fact]
    public async Task Load_ARequestIsHeldUpWhileItIsSent_TheNextOneIsSent()
    {
        // Arrange: the thread that sends first waits for another one.
        Assert.SkipUnless(Environment.ProcessorCount > 1, "With one core, there is one thread.");
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int first = Nobody;
        await using var balancer = new AskedBalancer(() =>
        {
            int own = Environment.CurrentManagedThreadId;
            int earlier = Interlocked.CompareExchange(ref first, own, Nobody);
            if (earlier == Nobody) { other.Task.Wait(TestTimeouts.Hang); }
            else if (earlier != own) { other.TrySetResult(); }
        });
        LoadOptions options = new(Rate: 500, FreshShare: 0, TimeSpan.FromSeconds(20), [Templates.Get], Seed: 42);

        // Act
        await using OpenLoopLoad load = OpenLoopLoad.Start(options, balancer, TimeProvider.System);

        // Assert
        await other.Task.WaitAsync(TestTimeouts.Hang);
    }
}
