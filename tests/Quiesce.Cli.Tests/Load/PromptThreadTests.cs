using System.Diagnostics;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Schedule;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class PromptThreadTests
{
    [Fact]
    public async Task Ask_Thread_HasItAndWhatItStartsHasTheUsual()
    {
        RequireKernel();
        (TimeSpan Slice, int Nice) usual = PromptThread.Current(), own = default, started = default;

        await OnThreadOfItsOwn(() =>
        {
            PromptThread.Ask();
            own = PromptThread.Current();
            var child = new Thread(() => started = PromptThread.Current());
            child.Start();
            child.Join();
        });

        Assert.Equal((PromptThread.Slice, await MayTakeMostAsync() ? -20 : usual.Nice), own);
        Assert.Equal((usual.Slice, Math.Max(usual.Nice, 0)), started);
    }

    [Fact]
    public async Task Load_ThreadThatKeepsTheSchedule_HasIt()
    {
        RequireKernel();
        var asked = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var balancer = new AskedBalancer(() => asked.TrySetResult(PromptThread.Current().Slice));
        LoadOptions options = new(Rate: 500, FreshShare: 0, TimeSpan.FromSeconds(20), [Templates.Get], Seed: 42);
        await using OpenLoopLoad load = OpenLoopLoad.Start(options, balancer, TimeProvider.System);

        Assert.Equal(PromptThread.Slice, await asked.Task.WaitAsync(TestTimeouts.Hang));
    }

    /// <summary>Whether the kernel lets this process have it; capabilities and limits may both say so, and a container's say less than they seem to.</summary>
    private static async Task<bool> MayTakeMostAsync()
    {
        using var nice = Process.Start(new ProcessStartInfo("nice", ["-n", "-40", "nice"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return await nice.StandardOutput.ReadToEndAsync().WaitAsync(TestTimeouts.Hang) == "-20\n";
    }

    private static void RequireKernel()
    {
        Assert.SkipUnless(PromptThread.Current().Slice > TimeSpan.Zero, "This kernel knows no slices of single threads; that takes Linux 6.12.");
    }

    private static Task OnThreadOfItsOwn(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(TestTimeouts.Hang);
}
