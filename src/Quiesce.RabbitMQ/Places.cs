using System.Diagnostics.CodeAnalysis;

namespace Quiesce.RabbitMQ;

/// <summary>So many at a time: a semaphore whose way is one atomic operation for whoever finds a place, and a lock only for whoever waits.</summary>
/// <remarks>Each message takes a place and leaves it, and hardly one ever waits. Thread-safe.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "A handler that was left behind still gives its place back; the semaphore has no handle.")]
internal sealed class Places(int count)
{
    private readonly SemaphoreSlim _waiting = new(0);
    private int _free = count; // below zero: so many wait

    /// <summary>Takes a place.</summary>
    /// <returns>A task that completes when it is the caller's.</returns>
    public Task TakeAsync() => Interlocked.Decrement(ref _free) >= 0 ? Task.CompletedTask : _waiting.WaitAsync();

    /// <summary>Gives places back, or adds some.</summary>
    /// <param name="number">How many.</param>
    public void Free(int number = 1)
    {
        // Who finds none has said so before waiting: the permits are for exactly those.
        int before = Interlocked.Add(ref _free, number) - number;
        if (before < 0) { _waiting.Release(Math.Min(-before, number)); }
    }
}
