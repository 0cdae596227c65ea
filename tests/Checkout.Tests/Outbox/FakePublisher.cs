using Checkout.Outbox;
using Checkout.RabbitMq;

namespace Checkout.Tests.Outbox;

/// <summary>A broker that confirms at once, or when it is told to, or that fails a number of times.</summary>
internal sealed class FakePublisher : IMessagePublisher
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<string> _sent = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets when messages are confirmed.</summary>
    public Task Confirmed { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets how many messages fail before the rest does not.</summary>
    public int Failures { get; set; }

    /// <summary>Gets a task that completes when the first message was sent.</summary>
    public Task FirstSent => _first.Task.WaitAsync(TestTimeouts.Hang);

    public string[] Sent
    {
        get { lock (_lock) { return [.. _sent]; } }
    }

    public Task PublishAsync(OutboxMessage message)
    {
        lock (_lock)
        {
            if (Failures-- > 0) { return Task.FromException(new IOException("The broker has gone.")); }
            _sent.Add(message.OrderId);
        }

        _first.TrySetResult();
        return Confirmed;
    }
}
