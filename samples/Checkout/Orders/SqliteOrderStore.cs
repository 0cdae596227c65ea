using Checkout.Data;
using Checkout.Payments;
using Microsoft.Data.Sqlite;

namespace Checkout.Orders;

/// <summary>Orders and their payments, in SQLite.</summary>
/// <remarks>
/// Safe from any thread. SQLite admits one writer at a time, so writes queue here, where waiting costs no thread;
/// between processes <c>busy_timeout</c> does the queueing. Reads run beside them on pooled connections.
/// </remarks>
internal sealed partial class SqliteOrderStore(DataFolder folder, TimeProvider time) : IOrderStore, IHostedService, IAsyncDisposable
{
    private readonly SemaphoreSlim _writes = new(1);
    private readonly string _connectionString = ConnectionString(folder);

    // Written while _writes is held; a read that just misses it only returns its connection to a pool that is gone.
    private volatile bool _closed;

    /// <summary>Writes the order and its payment in one transaction, unless the key is known.</summary>
    /// <returns>The order as it stands, and whether this call has written it.</returns>
    public async Task<(Order Order, bool IsNew)> PlaceAsync(
        string id, NewOrder order, Payment payment, CancellationToken cancellationToken)
    {
        await _writes.WaitAsync(cancellationToken);
        try
        {
            // No token from here on: a commit is never cancelled, it happens or it does not.
            using SqliteConnection connection = Open();
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            Order placed = new(id, order.Item!, order.Quantity, payment.Id, time.GetUtcNow());
            if (!TryInsert(connection, placed)) { return (Find(connection, id)!, IsNew: false); }
            Insert(connection, payment, placed);
            transaction.Commit();
            return (placed, IsNew: true);
        }
        finally
        {
            _writes.Release();
        }
    }

    public Order? Find(string id)
    {
        using SqliteConnection connection = Open();
        return Find(connection, id);
    }

    public ValueTask<Order?> FindAsync(string id, CancellationToken cancellationToken) => new(Find(id));

    /// <summary>Marks payments as settled, at most <paramref name="limit"/>. For the one sweeper, on its own thread.</summary>
    public int SettlePayments(int limit)
    {
        _writes.Wait();
        try
        {
            using SqliteConnection connection = Open();
            return Settle(connection, time.GetUtcNow(), limit);
        }
        finally
        {
            _writes.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        using SqliteConnection connection = Open();
        CreateSchema(connection);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // others may still write; see DisposeAsync

    /// <summary>Waits for the write in progress, then closes the pool. The last process to close folds the WAL into the database.</summary>
    /// <remarks>A second call does nothing. Calls to other members afterwards throw <see cref="ObjectDisposedException"/>.</remarks>
    public async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        await _writes.WaitAsync(cancellationToken);
        try
        {
            _closed = true;
            using SqliteConnection connection = new(_connectionString);
            SqliteConnection.ClearPool(connection);
        }
        finally
        {
            _writes.Release();
        }
    }

    // The semaphore stays undisposed on purpose: it holds no handle, and a late caller deserves "store is closed", not a race.
    public async ValueTask DisposeAsync() => await CloseAsync();

    private SqliteConnection Open()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return Open(_connectionString);
    }
}
