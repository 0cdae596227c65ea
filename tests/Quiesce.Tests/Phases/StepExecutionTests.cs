using System.Text.RegularExpressions;

namespace Quiesce.Tests.Phases;

/// <summary>Where a step is that does not end.</summary>
public sealed class StepExecutionTests
{
    private readonly StepExecution _execution = new();

    [Fact]
    public async Task Whereabouts_HoldsItsThread_AreThatThread()
    {
        // Arrange
        using var gate = new ManualResetEventSlim();
        Task running = _execution.Start(() =>
        {
            gate.Wait(CancellationToken.None);
            return Task.CompletedTask;
        });

        // Act: it spins a little before it sleeps
        await UntilAsync(@"^it blocks thread \d+( in \w+)?$");
        bool endedTooEarly = _execution.HasEnded;
        gate.Set();
        await running.OrHang();

        // Assert
        Assert.Equal((false, true), (endedTooEarly, _execution.HasEnded));
    }

    [Fact]
    public async Task Whereabouts_Loops_AreARunningThread()
    {
        bool stop = false;
        Task running = _execution.Start(() =>
        {
            while (!Volatile.Read(ref stop)) { Thread.SpinWait(100); }

            return Task.CompletedTask;
        });

        await UntilAsync(@"^it keeps thread \d+ running$");

        Volatile.Write(ref stop, true);
        await running.OrHang();
    }

    [Fact]
    public async Task Whereabouts_Awaits_AreNoThread()
    {
        var never = Completion.New();

        _ = _execution.Start(() => never.Task);

        await UntilAsync("^it awaits something that did not come$");
        Assert.False(_execution.HasEnded);
    }

    [Fact]
    public void Whereabouts_PoolIsStarved_AreNowhere() =>
        Assert.Equal("it never began, because no thread of the pool was free", _execution.Whereabouts());

    private async Task UntilAsync(string pattern)
    {
        using var hang = new CancellationTokenSource(TestTimeouts.Hang, TimeProvider.System);
        while (!Regex.IsMatch(_execution.Whereabouts(), pattern))
        {
            Assert.False(hang.IsCancellationRequested, $"It says '{_execution.Whereabouts()}'.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
