using System.Collections.Concurrent;
using System.Globalization;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Rehearse.Load.Schedule;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>In real time: what is tested are threads that wait for each other, or do not.</summary>
public sealed class LoadScheduleTests : IDisposable
{
    private const int Threads = 2;

    private readonly LoadJournal _journal = new(TimeProvider.System);
    private readonly List<Thread> _met = [];
    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Start_OneThreadIsHeldUp_TheOtherStartsWhatIsDue()
    {
        int started = 0;
        using LoadSchedule schedule = Scheduling(_ =>
        {
            int number = Interlocked.Increment(ref started);
            if (number == 1) { _released.Wait(); }
            if (number == 20) { _enough.TrySetResult(); }
        });

        schedule.Start(Threads);

        await _enough.Task.WaitAsync(TestTimeouts.Hang);
        await EndAsync(schedule);
    }

    [Fact]
    public async Task Start_TwoThreads_StartEachRequestOnce()
    {
        var numbers = new ConcurrentQueue<int>();
        // Always behind, so that both threads take all the time.
        using LoadSchedule schedule = Scheduling(rate: 10_000_000, start: request =>
        {
            int number = int.Parse(request.Id.Split('-')[1], CultureInfo.InvariantCulture);
            numbers.Enqueue(number);
            if (number >= 100_000) { _enough.TrySetResult(); }
        });

        schedule.Start(Threads);
        await _enough.Task.WaitAsync(TestTimeouts.Hang);
        await EndAsync(schedule);

        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers.Order());
    }

    [Fact]
    public async Task Start_TwoThreads_AreOnDifferentCores()
    {
        Assert.SkipUnless(ThreadCores.Current().Count >= Threads, "This process has one core.");
        var cores = new ConcurrentDictionary<Thread, IReadOnlyList<int>>();
        using LoadSchedule schedule = Scheduling(_ =>
        {
            cores[Thread.CurrentThread] = ThreadCores.Current();
            MeetTheOther();
        });

        schedule.Start(Threads);
        await _enough.Task.WaitAsync(TestTimeouts.Hang);
        await EndAsync(schedule);

        Assert.Empty(cores[_met[0]].Intersect(cores[_met[1]]));
    }

    [Fact]
    public async Task Stop_OneThreadIsStillStartingARequest_JournalIsNotDrainedBeforeItHasBegun()
    {
        // Arrange: one holds a request that has not begun, and the other one has ended.
        using LoadSchedule schedule = Scheduling(_ =>
        {
            MeetTheOther();
            _journal.Begin();
        });
        schedule.Start(Threads);
        await _enough.Task.WaitAsync(TestTimeouts.Hang);
        schedule.Stop();
        Assert.True(_met[1].Join(TestTimeouts.Hang));
        while (_journal.InFlight > 0) { EndOne(); }

        // Act
        bool early = _journal.Drained.IsCompleted;
        _released.Set();
        Assert.True(_met[0].Join(TestTimeouts.Hang));

        // Assert
        Assert.False(early);
        Assert.Equal(1, _journal.InFlight);
        EndOne();
        await _journal.Drained.WaitAsync(TestTimeouts.Hang);
    }

    [Fact]
    public async Task Start_RequestCannotBeStarted_EndsBothThreadsAndSaysWhy()
    {
        using LoadSchedule schedule = Scheduling(static _ => throw new InvalidOperationException("the test's"));

        schedule.Start(Threads);

        await _journal.Drained.WaitAsync(TestTimeouts.Hang);
        Assert.Equal("The schedule of the load broke: the test's", (await _journal.Failed).Message);
    }

    public void Dispose() => _released.Dispose();

    /// <summary>Holds the thread that comes first, so that the other one comes, too.</summary>
    private void MeetTheOther()
    {
        int place;
        lock (_met)
        {
            if (_met.Count == Threads) { return; }
            place = _met.Count;
            _met.Add(Thread.CurrentThread);
        }

        if (place == 0) { _released.Wait(); }
        else { _enough.TrySetResult(); }
    }

    private void EndOne() => _journal.EndFailed(new LoadFailedException("the test's"));

    private LoadSchedule Scheduling(Action<PlannedRequest> start, double rate = 1_000)
    {
        LoadOptions options = new(rate, FreshShare: 0, TimeSpan.FromSeconds(20), [Templates.Get], Seed: 42);
        return new LoadSchedule(new RequestPlan(options, new KnownIds(), TimeProvider.System), _journal, TimeProvider.System, request =>
        {
            start(request);
            return true;
        });
    }

    private async Task EndAsync(LoadSchedule schedule)
    {
        schedule.Stop();
        _released.Set();
        await _journal.Drained.WaitAsync(TestTimeouts.Hang);
    }
}
