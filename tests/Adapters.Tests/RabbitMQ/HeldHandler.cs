using System.Collections.Concurrent;
using System.Text;
using Quiesce.RabbitMQ;

namespace Adapters.Tests.RabbitMQ;

/// <summary>A handler that lets the first messages through, and keeps the others until it is told.</summary>
internal sealed class HeldHandler(int letThrough)
{
    private readonly TaskCompletionSource _release = Completion.New();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _begun = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private int _count;
    private int _running;

    /// <summary>Gets how many ran at the same time, at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Gets what was handled, in the order of its end.</summary>
    public ConcurrentQueue<string> Done { get; } = new();

    /// <summary>Waits until so many messages have begun.</summary>
    public Task HaveBegunAsync(int count) => Reached(count).Task.OrHang();

    public void Release() => _release.SetResult();

    public async Task HandleAsync(RabbitMqMessage message, CancellationToken stop)
    {
        string id = Encoding.UTF8.GetString(message.Body.Span);
        int number = Begin();
        try
        {
            Reached(number).SetResult();
            if (number > letThrough) { await _release.Task.WaitAsync(stop); }

            Done.Enqueue(id);
        }
        finally
        {
            lock (_lock) { _running--; }
        }
    }

    private int Begin()
    {
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
            return ++_count;
        }
    }

    private TaskCompletionSource Reached(int count) => _begun.GetOrAdd(count, static _ => Completion.New());
}
