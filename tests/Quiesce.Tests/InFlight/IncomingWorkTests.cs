using System.Collections.Concurrent;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>Work that a source brings on its own threads: finished, or given back.</summary>
public sealed class IncomingWorkTests
{
    private readonly TestLogger _logger = new();
    private readonly ShutdownUnderTest _shutdown;
    private readonly ConcurrentQueue<int> _handedBack = new();
    private readonly ConcurrentQueue<int> _handled = new();
    private readonly TaskCompletionSource _finish = Completion.New();

    public IncomingWorkTests() => _shutdown = new ShutdownUnderTest(logger: _logger);

    [Fact]
    public async Task Take_HandlerDoesNotWait_IsDoneWhenItReturnsOnTheCallersThread()
    {
        // Arrange
        int handledOn = 0;
        IncomingWork<int> work = Add((_, lease, _) =>
        {
            handledOn = Environment.CurrentManagedThreadId;
            Assert.True(lease.TryComplete());
            return Task.CompletedTask;
        });

        // Act
        int thread = Environment.CurrentManagedThreadId;
        Task taken = work.TakeAsync(1);
        bool done = taken.IsCompletedSuccessfully;
        ShutdownReport report = await _shutdown.StopAsync();

        // Assert
        Assert.True(done);
        Assert.Equal(thread, handledOn);
        Assert.Equal(["1 finished"], Notes(report));
    }

    [Fact]
    public async Task Cut_ItemRuns_IsHandedBackOnceItHasEnded()
    {
        // Arrange
        IncomingWork<int> work = Add(HandleAsync);
        Task taken = work.TakeAsync(1);

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        ShutdownReport report = await _shutdown.ReportAsync();
        await taken.OrHang();

        // Assert
        Assert.Empty(_handled);
        Assert.Equal([1], _handedBack);
        Assert.Equal(("orders", WorkOutcome.HandedBack), (Assert.Single(report.Abandoned).Kind, report.Abandoned[0].Outcome));
    }

    [Fact]
    public async Task HandBackIncoming_SourceHoldsItemsWhileOneRuns_TheyGoBackAtOnceAndItFinishes()
    {
        // Arrange
        IncomingWork<int> work = Add(HandleAsync);
        Task running = work.TakeAsync(1);

        // Act
        await work.HandBackIncomingAsync(_ => Task.WhenAll(work.TakeAsync(2), work.TakeAsync(3)), TestContext.Current.CancellationToken);
        int[] atOnce = [.. _handedBack.Order()];
        await work.TakeAsync(4).OrHang();
        _shutdown.Begin();
        _finish.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();
        await running.OrHang();

        // Assert
        Assert.Equal([2, 3], atOnce);
        Assert.Equal([1], _handled);
        Assert.Equal([2, 3, 4], _handedBack.Order());
        Assert.Equal(["1 finished, 3 handed back"], Notes(report));
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task HandBackIncoming_SourceFails_SaysSoAndStillTakesNothing()
    {
        IncomingWork<int> work = Add(HandleAsync);

        await Assert.ThrowsAsync<IOException>(() => work.HandBackIncomingAsync(static _ => throw new IOException("gone"), TestContext.Current.CancellationToken));
        await work.TakeAsync(1).OrHang();
        await _shutdown.StopAsync();

        Assert.Empty(_handled);
        Assert.Equal([1], _handedBack);
    }

    [Fact]
    public async Task Take_HasDrained_TheItemGoesBackAtOnce()
    {
        IncomingWork<int> work = Add(HandleAsync);
        await _shutdown.StopAsync();

        await work.TakeAsync(1).OrHang();

        Assert.Equal([1], _handedBack);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task Take_HasDrainedAndTheSourceIsGone_IsLoggedAndThrowsNothing()
    {
        // Arrange
        IncomingWork<int> work = Add(HandleAsync, handBack: static (_, _) => throw new IOException("gone"));
        Probe pool = _shutdown.Add("pool");
        TaskCompletionSource released = pool.Release.Hold();
        _shutdown.Begin();
        await pool.Release.Entered;

        // Act
        await work.TakeAsync(1).OrHang();
        released.SetResult();
        await _shutdown.ReportAsync();

        // Assert
        Assert.Contains(_logger.Entries, static entry => entry.Text.Contains("'orders' came when nothing was taken any more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drain_CheapToDoAgain_GoesBackWithoutTheClockAndIsNoLoss()
    {
        IncomingWork<int> work = Add(HandleAsync, DrainPolicy.Cancel);
        Task taken = work.TakeAsync(1);

        ShutdownReport report = await _shutdown.StopAsync();
        await taken.OrHang();

        Assert.Equal([1], _handedBack);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    private static string[] Notes(ShutdownReport report) => [.. report.Participants.Where(static part => part.Name == "orders").SelectMany(static part => part.Notes)];

    private IncomingWork<int> Add(
        Func<int, WorkLease, CancellationToken, Task> handler, DrainPolicy policy = DrainPolicy.Finish, Func<int, CancellationToken, Task>? handBack = null)
    {
        var work = new IncomingWork<int>(_shutdown.Shutdown, "orders", handler, new() { Policy = policy, HandBack = handBack ?? HandBackAsync });
        _shutdown.Shutdown.Add(work);
        return work;
    }

    private async Task HandleAsync(int item, WorkLease lease, CancellationToken stop)
    {
        await _finish.Task.WaitAsync(stop);
        if (lease.TryComplete()) { _handled.Enqueue(item); }
    }

    private Task HandBackAsync(int item, CancellationToken limit)
    {
        _handedBack.Enqueue(item);
        return Task.CompletedTask;
    }
}
