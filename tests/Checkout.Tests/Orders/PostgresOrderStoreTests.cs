using Adapters.Tests.Servers;
using Checkout.Orders;
using Checkout.Outbox;
using Checkout.Payments;
using Checkout.Tests.Running;
using Checkout.Tests.Servers;
using Npgsql;

namespace Checkout.Tests.Orders;

[Trait("Size", "Full")]
public sealed class PostgresOrderStoreTests(PostgreSqlServer postgres) : IAsyncLifetime
{
    private static readonly Payment _payment = new("pay_1", 700);
    private ShopDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await ShopDatabase.OpenAsync(postgres);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Place_NewThenKnown_IsWrittenOnceWithItsMessage()
    {
        PostgresOrderStore store = Store(Outbox);

        (Order placed, bool isNew) = await store.PlaceAsync("one", CheckoutApp.Tea, _payment, CancellationToken.None);
        (Order known, bool isNewAgain) = await store.PlaceAsync("one", CheckoutApp.Tea, new Payment("pay_2", 700), CancellationToken.None);

        Assert.Equal((true, false), (isNew, isNewAgain));
        Assert.Equal(placed, known);
        Assert.Equal(placed, await store.FindAsync("one", CancellationToken.None));
        OutboxMessage message = Assert.Single(await Outbox.ReadAsync(10));
        Assert.Equal(new PaymentRequest(placed, 700), PaymentRequest.Read(message.Body));
    }

    [Fact]
    public async Task Place_WhatComesWithItFails_LeavesNoOrderBehind()
    {
        PostgresOrderStore store = Store(new Fails());

        await Assert.ThrowsAsync<IOException>(() => store.PlaceAsync("one", CheckoutApp.Tea, _payment, CancellationToken.None));

        Assert.Null(await store.FindAsync("one", CancellationToken.None));
        Assert.Equal(0, await _database.CountAsync("orders"));
    }

    [Fact]
    public async Task Place_WithItsPayment_WritesBoth()
    {
        await Store(new PaymentWithOrder()).PlaceAsync("one", CheckoutApp.Tea, _payment, CancellationToken.None);

        Assert.Equal(1, await _database.CountAsync("payments WHERE order_id = 'one' AND amount_cents = 700"));
    }

    private PostgresOutbox Outbox => new(_database.Transactions, _database.DataSource);

    private PostgresOrderStore Store(ICommitWithOrder besides) => new(_database.Transactions, _database.DataSource, besides, TimeProvider.System);

    private sealed class Fails : ICommitWithOrder
    {
        public Task WriteAsync(NpgsqlConnection connection, Order order, Payment payment, CancellationToken cancellationToken) =>
            Task.FromException(new IOException("No room."));
    }
}
