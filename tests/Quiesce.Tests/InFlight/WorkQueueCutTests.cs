using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.InFlight;

/// <summary>A queue that still gets items when the drain's deadline has passed: what uses it is not over.</summary>
public sealed class WorkQueueCutTests
{
    private readonly ShutdownUnderTest _shutdown = new();
    private readonly TaskCompletionSource<int> _handedBack = Completion.New<int>();
    private readonly TaskCompletionSource _running = Completion.New();
    private readonly TaskCompletionSource _stopped = Completion.New();

    [Fact]
    public async Task Cut_ItemsCannotGoBack_AreCountedAsLostAndNoneIsTakenAnyMore()
    {
        // Arrange
        var queue = new WorkQueue<int>(_shutdown.Shutdown, "orders", HandleAsync);
        _shutdown.Shutdown.Add(queue);
        foreach (int item in new[] { 1, 2, 3 }) { Assert.True(queue.TryEnqueue(item)); }

        await _running.Task.OrHang();
        TaskCompletionSource produced = _shutdown.Add("producer", "orders").Drain.Hold();

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await _stopped.Task.OrHang();
        bool taken = queue.TryEnqueue(4);
        produced.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.False(taken);
        Assert.Equal(["2 lost, because they cannot be handed back"], report.Participants.SelectMany(static part => part.Notes));
        Assert.Equal(3, report.Abandoned.Count);
    }

    [Fact]
    public async Task Cut_QueueIsMadeAfterIt_ItsItemsGoBackAllTheSame()
    {
        // Arrange
        TaskCompletionSource drained = _shutdown.Add("producer").Drain.Hold();
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await _shutdown.AbortedAsync();
        var queue = new WorkQueue<int>(_shutdown.Shutdown, "orders", HandleAsync, new() { HandBack = HandBackAsync });

        // Act
        bool taken = queue.TryEnqueue(1);
        drained.SetResult();
        await _shutdown.ReportAsync();

        // Assert
        Assert.True(taken);
        Assert.Equal(1, await _handedBack.Task.OrHang());
    }

    [Fact]
    public async Task Cut_QueueDrainsOnlyAfterIt_TheReportKnowsWhatWentBack()
    {
        // Arrange: the item runs on although it is cancelled, and the queue's own drain begins meanwhile
        var stubborn = Completion.New();
        WorkQueue<int> queue = new(_shutdown.Shutdown, "orders", StubbornAsync, new() { Policy = DrainPolicy.Cancel, HandBack = HandBackAsync });
        _shutdown.Shutdown.Add(queue);
        Assert.True(queue.TryEnqueue(1));
        await _running.Task.OrHang();
        TaskCompletionSource produced = _shutdown.Add("producer", "orders").Drain.Hold();

        // Act
        _shutdown.Begin();
        await _shutdown.AdvanceToTimerAsync(ShutdownUnderTest.Cut);
        await _shutdown.AbortedAsync();
        produced.SetResult();
        while (queue.TryEnqueue(2)) { await Task.Yield(); } // until it has closed, because its drain has begun

        stubborn.SetResult();
        ShutdownReport report = await _shutdown.ReportAsync();

        // Assert
        Assert.Equal(WorkOutcome.HandedBack, Assert.Single(report.Abandoned).Outcome);

        async Task StubbornAsync(int item, CancellationToken stop)
        {
            _running.TrySetResult();
            await stubborn.Task;
            await Completion.New().Task.WaitAsync(stop);
        }
    }

    private async Task HandleAsync(int item, CancellationToken stop)
    {
        _running.TrySetResult();
        try { await Completion.New().Task.WaitAsync(stop); }
        finally { _stopped.TrySetResult(); }
    }

    private Task HandBackAsync(int item, CancellationToken limit)
    {
        _handedBack.TrySetResult(item);
        return Task.CompletedTask;
    }
}
