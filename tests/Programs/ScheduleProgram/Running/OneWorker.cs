using System.Diagnostics.CodeAnalysis;

namespace Quiesce.Schedules;

/// <summary>A thread pool in which one worker runs at a time, so that "nothing is queued" means that everything has come to rest.</summary>
/// <remarks>
/// A step that blocks its thread really blocks it; then another worker takes over. The turn is always handed over, never doubled: who
/// lets a blocked worker go on sits down himself, and waits to replace the next one that blocks. All members are called on the worker
/// whose turn it is.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process.")]
internal sealed class OneWorker
{
    private readonly Stack<SemaphoreSlim> _waiting = new();
    private readonly SemaphoreSlim _attention = new(0);
    private volatile bool _isOver;
    private int _workers;
    private int _blocked;

    private OneWorker() => AddWorker();

    /// <summary>Makes the process' thread pool such a one.</summary>
    /// <returns>It, or <see langword="null"/> where the runtime insists on more workers: it does on more than one processor.</returns>
    public static OneWorker? TryTakePool() => Environment.ProcessorCount == 1 ? new OneWorker() : null;

    /// <summary>Blocks the calling worker until the gate opens; another one goes on meanwhile.</summary>
    public void Block(SemaphoreSlim gate)
    {
        if (_waiting.TryPop(out SemaphoreSlim? waiting)) { waiting.Release(); }
        else { AddWorker(); }

        _blocked++;
        gate.Wait();
    }

    /// <summary>Lets a blocked worker go on in the place of the calling one.</summary>
    /// <param name="gate">What it waits for.</param>
    /// <param name="next">Runs when it has come to rest.</param>
    public void HandOver(SemaphoreSlim gate, IThreadPoolWorkItem next)
    {
        var seat = new SemaphoreSlim(0);
        _waiting.Push(seat);
        _blocked--;
        ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
        gate.Release();
        seat.Wait();
    }

    /// <summary>Runs an item until it calls <see cref="End"/>. Called on a thread that is no worker.</summary>
    public void Run(IThreadPoolWorkItem item)
    {
        for (_isOver = false; !_isOver; _attention.Wait())
        {
            // What a blocked worker has in its own queue another one takes only when there is nothing else to do: the item stays out of
            // sight for so long. What it takes last may still run then, but on the worker that would have to run the item.
            while (ThreadPool.PendingWorkItemCount > 0) { Thread.Yield(); }

            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    /// <summary>Runs the item again when everything queued so far has run.</summary>
    public void Again(IThreadPoolWorkItem item)
    {
        if (_blocked == 0) { ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false); }
        else { _attention.Release(); }
    }

    public void End()
    {
        _isOver = true;
        _attention.Release();
    }

    private void AddWorker()
    {
        _workers++;
        ThreadPool.GetMaxThreads(out _, out int ports);

        // The order matters: the least may not exceed the most.
        bool isSet = (_workers == 1 && ThreadPool.SetMinThreads(_workers, 1) && ThreadPool.SetMaxThreads(_workers, ports))
            || (_workers > 1 && ThreadPool.SetMaxThreads(_workers, ports) && ThreadPool.SetMinThreads(_workers, 1));
        if (!isSet) { throw new InvalidOperationException($"The thread pool does not take {_workers} workers."); }
    }
}
