using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Checkout.Orders;

namespace Checkout.Feed;

/// <summary>Tells whoever listens of each order that this instance takes. Safe from any thread.</summary>
internal sealed class OrderFeed
{
    // A listener that cannot keep up misses the oldest: a feed shows what is going on, it is no ledger.
    private static readonly BoundedChannelOptions _queue = new(100) { FullMode = BoundedChannelFullMode.DropOldest };

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly HashSet<Channel<Order>> _listeners = [];

    public void Publish(Order order)
    {
        lock (_lock)
        {
            foreach (Channel<Order> listener in _listeners) { listener.Writer.TryWrite(order); }
        }
    }

    /// <summary>Each order from now on, until the token is cancelled; that is no error. First comes <see langword="null"/>: what is placed after it is not missed.</summary>
    public async IAsyncEnumerable<Order?> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listener = Channel.CreateBounded<Order>(_queue);
        lock (_lock) { _listeners.Add(listener); }
        await using CancellationTokenRegistration end = cancellationToken.UnsafeRegister(_ => listener.Writer.TryComplete(), null);
        try
        {
            yield return null;
            await foreach (Order order in listener.Reader.ReadAllAsync(CancellationToken.None)) { yield return order; }
        }
        finally
        {
            lock (_lock) { _listeners.Remove(listener); }
        }
    }
}
