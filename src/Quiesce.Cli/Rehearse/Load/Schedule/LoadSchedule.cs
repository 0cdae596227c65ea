using Quiesce.Cli.Rehearse.Load.Journal;

namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>Starts each request of a plan when it is due, from two threads of its own of which one stands in for the other.</summary>
/// <remarks>
/// <para>Each thread has cores of its own. A hypervisor that is short of cores takes one away for some milliseconds, and on the machine where this was measured hardly ever two at
/// once: with one thread, whatever is due meanwhile is late. The second looks <see cref="Relief"/> after each instant whether the first has been there; mostly it has.</para>
/// <para>Invariant: each request is taken once, in the order of the plan. It is sent in that order unless a thread loses its core in between; what that thread had taken is late.
/// No thread begins to take one once the schedule is stopped, and the journal is closed only after the last one that was taken has begun.</para>
/// <para>It waits in real time and reads the <see cref="TimeProvider"/>: a clock that stands still starts nothing. To be started once; stopping is thread-safe and idempotent.</para>
/// </remarks>
/// <param name="plan">Owned by the schedule from now on.</param>
/// <param name="journal">Hears of what was missed, and of the end.</param>
/// <param name="time">The clock of the load.</param>
/// <param name="tryStart">Starts a request without waiting for it; <see langword="false"/> ends the schedule.</param>
internal sealed class LoadSchedule(RequestPlan plan, LoadJournal journal, TimeProvider time, Func<PlannedRequest, bool> tryStart) : IDisposable
{
    /// <summary>How long the second thread leaves an instant to the first: several times what a thread takes to wake on a calm machine, and less than a third of
    /// <see cref="LoadDefaults.OnTime"/>.</summary>
    public static readonly TimeSpan Relief = TimeSpan.FromMilliseconds(0.3);

    /// <summary>As a debugger shows both.</summary>
    internal const string ThreadName = "quiesce load";

    // What is left to the kernel's timer: more than the long wait may be late, and all that a stop may have to wait.
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(3);

    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private readonly Lock _lock = new();

    // Guarded by _lock, after the start.
    private readonly RequestPlan _plan = plan;
    private int _threads;

    public bool IsStopped => _stop.IsSet;

    /// <summary>Begins, with as many threads as can run at once, two at most.</summary>
    public void Start() => Start(Math.Min(2, Environment.ProcessorCount));

    /// <summary>The same, with so many threads.</summary>
    internal void Start(int threads)
    {
        _threads = threads;
        for (int i = 0; i < threads; i++)
        {
            int thread = i;
            // Requests must not inherit what the caller carries along (a test's context, an activity) for as long as they run.
            try
            {
                new Thread(() => Keep(thread, threads)) { IsBackground = true, Name = ThreadName }.UnsafeStart();
            }
            catch
            {
                // Nobody will own a load that could not be started: what runs of it must not go on.
                Stop();
                throw;
            }
        }
    }

    /// <summary>Takes no more. What is being taken begins all the same.</summary>
    public void Stop() => _stop.Set();

    /// <summary>Once the journal is drained: the threads have ended then.</summary>
    public void Dispose() => _stop.Dispose();

    private void Keep(int thread, int threads)
    {
        try
        {
            PromptThread.Ask();
            ThreadCores.Take(thread, threads);
            while (TakeWhenDue(thread * Relief) is { } request && tryStart(request)) { }
        }
        catch (Exception defect)
        {
            Fail(defect);
        }

        _stop.Set();
        if (IsLast()) { CountMissed(); }
    }

    /// <summary>Waits for the next instant, and for so long after it; <see langword="null"/> once stopped, also when the load is behind.</summary>
    private PlannedRequest? TakeWhenDue(TimeSpan relief)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_lock)
            {
                // Not before: the other one may have been in here for long.
                if (_stop.IsSet) { return null; }

                wait = time.GetElapsedTime(time.GetTimestamp(), _plan.DueAt) + relief;
                if (wait <= TimeSpan.Zero) { return _plan.Next(); }
            }

            // A stop ends the long wait at once. It counts whole milliseconds, and at thousands of requests a second most would be late by
            // one: so the kernel's own timer waits for the rest, without spinning on a core that the program under rehearsal needs.
            if (wait > _rest) { _stop.Wait((int)Math.Min((wait - _rest).TotalMilliseconds + 1, int.MaxValue)); }
            else { PreciseWait.For(wait); }
        }
    }

    private bool IsLast()
    {
        lock (_lock) { return --_threads == 0; }
    }

    /// <summary>A load that is behind when it stops has skipped requests; they count as late, or nobody would know. Called when no request can begin any more.</summary>
    private void CountMissed()
    {
        try
        {
            long now = time.GetTimestamp();
            for (; _plan.DueAt <= now; _plan.Advance()) { journal.Missed(_plan.DueAt, now); }
        }
        catch (Exception defect)
        {
            Fail(defect);
        }
        finally
        {
            journal.Close();
        }
    }

    private void Fail(Exception defect) => journal.Fail(new LoadFailedException($"The schedule of the load broke: {defect.Message}", defect));
}
