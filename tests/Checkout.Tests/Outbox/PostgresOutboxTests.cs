using Adapters.Tests.Servers;
using Checkout.Orders;
using Checkout.Outbox;
using Checkout.Payments;
using Checkout.Tests.Servers;

namespace Checkout.Tests.Outbox;

[Trait("Size", "Full")]
public sealed class PostgresOutboxTests(PostgreSqlServer postgres) : IAsyncLifetime
{
    private static readonly TimeSpan _never = TimeSpan.FromHours(1);
    private readonly CancellationTokenSource _ending = new();
    private ShopDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await ShopDatabase.OpenAsync(postgres);

    public async ValueTask DisposeAsync()
    {
        _ending.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Remove_SomeOfThem_LeavesTheOthersInOrder()
    {
        foreach (string id in (string[])["1", "2", "3", "4"]) { await WriteAsync(id); }
        IReadOnlyList<OutboxMessage> all = await Outbox.ReadAsync(10);

        await Outbox.RemoveAsync([all[0], all[2]]);

        Assert.Equal(["1", "2", "3", "4"], all.Select(static message => message.OrderId));
        Assert.Equal(["2", "4"], (await Outbox.ReadAsync(10)).Select(static message => message.OrderId));
        Assert.Equal(["2"], (await Outbox.ReadAsync(1)).Select(static message => message.OrderId));
    }

    [Fact]
    public async Task WakeUps_MessageIsCommitted_SaySo()
    {
        await using IAsyncEnumerator<bool> wakeUps = Outbox.WakeUpsAsync(_never, _ending.Token).GetAsyncEnumerator();
        bool first = await wakeUps.MoveNextAsync().AsTask().OrHang();

        await WriteAsync("1");

        Assert.True(first);
        Assert.True(await wakeUps.MoveNextAsync().AsTask().OrHang());
        Assert.True(wakeUps.Current);
    }

    [Fact]
    public async Task WakeUps_NothingHappens_ComeAfterTheInterval()
    {
        await using IAsyncEnumerator<bool> wakeUps = Outbox.WakeUpsAsync(TimeSpan.FromMilliseconds(20), _ending.Token).GetAsyncEnumerator();

        for (int time = 0; time < 3; time++)
        {
            Assert.True(await wakeUps.MoveNextAsync().AsTask().OrHang());
            Assert.False(wakeUps.Current);
        }
    }

    [Fact]
    public async Task WakeUps_ToldToEnd_EndWithoutAnErrorAndCloseTheirConnection()
    {
        await using IAsyncEnumerator<bool> wakeUps = Outbox.WakeUpsAsync(_never, _ending.Token).GetAsyncEnumerator();
        await wakeUps.MoveNextAsync().AsTask().OrHang();
        Task<bool> next = wakeUps.MoveNextAsync().AsTask();

        await _ending.CancelAsync();

        Assert.False(await next.OrHang());
        await WriteAsync("1"); // the pool is none the worse for it
        Assert.Single(await Outbox.ReadAsync(10));
    }

    private PostgresOutbox Outbox => new(_database.Transactions, _database.DataSource);

    private async Task WriteAsync(string id)
    {
        PostgresOrderStore store = new(_database.Transactions, _database.DataSource, Outbox, TimeProvider.System);
        await store.PlaceAsync(id, new NewOrder("tea", 2), new Payment($"pay_{id}", 700), CancellationToken.None);
    }
}
