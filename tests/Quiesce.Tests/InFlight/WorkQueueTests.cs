using System.Collections.Concurrent;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>A queue in memory: worked off, or given back.</summary>
public sealed class WorkQueueTests
{
    private readonly ShutdownUnderTest _shutdown = new();
    private readonly ConcurrentQueue<int> _handedBack = new();
    private readonly ConcurrentQueue<int> _handled = new();
    private readonly TaskCompletionSource _running = Completion.New();
    private readonly TaskCompletionSource _lateIsBack = Completion.New();
    private readonly TaskCompletionSource _finish = Completion.New();

    [Fact]
    public async Task Drain_ItemsWait_AllAreWorkedOffInOrder()
    {
        // Arrange
        WorkQueue<int> queue = Add();
        await EnqueueAsync(queue, 3);

        // Act
        _shutdown.Begin();
        _finish.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.Equal([1, 2, 3], _handled);
        Assert.Equal((3, ShutdownExitCode.Clean), (report.InFlightAtSignal, report.ExitCode));
        Assert.Contains("3 finished", Notes(report));
    }

    [Fact]
    public async Task Drain_SomebodyUsesTheQueue_TakesItsItemsUntilTheUserHasDrained()
    {
        // Arrange
        WorkQueue<int> queue = Add();
        _finish.SetResult();
        Probe producer = _shutdown.Add("producer", "orders");
        TaskCompletionSource produced = producer.Drain.Hold();

        // Act
        _shutdown.Begin();
        await producer.Drain.Entered;
        bool taken = queue.TryEnqueue(1);
        produced.SetResult();
        await _shutdown.ReportAsync();

        // Assert
        Assert.True(taken);
        Assert.Equal([1], _handled);
        Assert.False(queue.TryEnqueue(2));
        Assert.False(await queue.EnqueueAsync(2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cut_OneRunsAndOthersWait_AllAreHandedBackAndTheRunningOneOnlyWhenItHasEnded()
    {
        // Arrange
        WorkQueue<int> queue = Add();
        await EnqueueAsync(queue, 3);

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.Empty(_handled);
        Assert.Equal([1, 2, 3], _handedBack.Order());
        Assert.All(report.Abandoned, static unit => Assert.Equal(("orders", WorkOutcome.HandedBack), (unit.Kind, unit.Outcome)));
        Assert.Contains("3 handed back", Notes(report));
    }

    [Fact]
    public async Task HandBackWaiting_OneRuns_TheOthersGoBackAtOnceAndItFinishes()
    {
        // Arrange
        WorkQueue<int> queue = Add();
        await EnqueueAsync(queue, 3);

        // Act
        await queue.HandBackWaitingAsync(TestContext.Current.CancellationToken);
        int[] atOnce = [.. _handedBack.Order()];
        Assert.True(queue.TryEnqueue(4)); // the only worker is busy: a late one must not wait for it
        await _lateIsBack.Task.OrHang();
        _shutdown.Begin();
        _finish.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.Equal([2, 3], atOnce);
        Assert.Equal([2, 3, 4], _handedBack.Order());
        Assert.Equal([1], _handled);
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Drain_CheapToDoAgain_EverythingGoesBackWithoutTheClockAndIsNoLoss()
    {
        // Arrange
        WorkQueue<int> queue = Add(DrainPolicy.Cancel);
        await EnqueueAsync(queue, 3);

        // Act
        ShutdownReport report = await _shutdown.StopAsync();

        // Assert
        Assert.Equal([1, 2, 3], _handedBack.Order());
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
    }

    [Fact]
    public async Task Enqueue_QueueIsFull_TheItemStaysTheCallers()
    {
        // Arrange
        WorkQueue<int> queue = Add(capacity: 1);
        await EnqueueAsync(queue, 2);

        // Act
        bool taken = queue.TryEnqueue(3);
        using var impatient = new CancellationTokenSource();
        Task<bool> waiting = queue.EnqueueAsync(4, impatient.Token).AsTask();
        await impatient.CancelAsync();

        // Assert
        Assert.False(taken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.OrHang());
        Assert.Equal(2, queue.InFlight);
        Assert.Empty(_handedBack);
    }

    [Fact]
    public async Task Handler_Throws_TheItemIsDoneAndCounted()
    {
        var logger = new TestLogger();
        var shutdown = new ShutdownUnderTest(logger: logger);
        var queue = new WorkQueue<int>(shutdown.Shutdown, "orders", static (_, _) => throw new InvalidOperationException("broken"));
        shutdown.Shutdown.Add(queue);
        Assert.True(queue.TryEnqueue(1));

        ShutdownReport report = await shutdown.StopAsync();

        Assert.Contains("1 failed", Notes(report));
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("'orders' failed", StringComparison.Ordinal));
    }

    private static string[] Notes(ShutdownReport report) => [.. report.Participants.Where(static part => part.Name == "orders").SelectMany(static part => part.Notes)];

    private WorkQueue<int> Add(DrainPolicy policy = DrainPolicy.Finish, int capacity = 100)
    {
        var queue = new WorkQueue<int>(_shutdown.Shutdown, "orders", HandleAsync, new()
        {
            Capacity = capacity, Policy = policy, HandBack = HandBack,
        });
        _shutdown.Shutdown.Add(queue);
        return queue;
    }

    private Task HandBack(int item, CancellationToken limit)
    {
        _handedBack.Enqueue(item);
        if (item == 4) { _lateIsBack.SetResult(); }

        return Task.CompletedTask;
    }

    private async Task HandleAsync(int item, CancellationToken stop)
    {
        _running.TrySetResult();
        await _finish.Task.WaitAsync(stop);
        _handled.Enqueue(item);
    }

    /// <summary>Adds 1, 2 and so on; the first runs by then.</summary>
    private async Task EnqueueAsync(WorkQueue<int> queue, int count)
    {
        for (int item = 1; item <= count; item++) { Assert.True(await queue.EnqueueAsync(item, TestContext.Current.CancellationToken)); }

        await _running.Task.OrHang();
    }
}
