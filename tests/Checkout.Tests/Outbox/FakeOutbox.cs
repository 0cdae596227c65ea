using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Checkout.Outbox;

namespace Checkout.Tests.Outbox;

/// <summary>An outbox in memory. Thread-safe.</summary>
internal sealed class FakeOutbox : IOutbox
{
    private readonly Channel<bool> _wakeUps = Channel.CreateUnbounded<bool>();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<OutboxMessage> _messages = [];
    private readonly List<TaskCompletionSource> _waiting = [];
    private long _number;

    /// <summary>Gets or sets what happens whenever messages were removed.</summary>
    public Action OnRemoved { get; set; } = static () => { };

    public string[] Waiting
    {
        get { lock (_lock) { return [.. _messages.Select(static message => message.OrderId)]; } }
    }

    public void Add(params IEnumerable<string> ids)
    {
        AddUnnoticed(ids);
        _wakeUps.Writer.TryWrite(true);
    }

    public void AddUnnoticed(params IEnumerable<string> ids)
    {
        lock (_lock) { _messages.AddRange(ids.Select(id => new OutboxMessage(++_number, id, ReadOnlyMemory<byte>.Empty))); }
    }

    /// <summary>Waits until nothing is left.</summary>
    public Task EmptyAsync()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_messages.Count == 0) { return Task.CompletedTask; }
            _waiting.Add(reached);
        }

        return reached.Task.WaitAsync(TestTimeouts.Hang);
    }

    public Task<IReadOnlyList<OutboxMessage>> ReadAsync(int limit)
    {
        lock (_lock) { return Task.FromResult<IReadOnlyList<OutboxMessage>>([.. _messages.Take(limit)]); }
    }

    public Task RemoveAsync(IReadOnlyList<OutboxMessage> sent)
    {
        lock (_lock)
        {
            _messages.RemoveAll(sent.Contains);
            if (_messages.Count == 0) { _waiting.ForEach(static waiting => waiting.TrySetResult()); }
        }

        OnRemoved();
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<bool> WakeUpsAsync(TimeSpan interval, [EnumeratorCancellation] CancellationToken ending)
    {
        yield return false;
        while (await NextAsync(ending)) { yield return true; }
    }

    private async Task<bool> NextAsync(CancellationToken ending)
    {
        try { return await _wakeUps.Reader.ReadAsync(ending); }
        catch (OperationCanceledException) { return false; }
    }
}
