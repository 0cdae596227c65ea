using Adapters.Tests.Servers;
using Checkout.Orders;
using Checkout.Payments;
using Checkout.Tests.Running;
using Checkout.Tests.Servers;

namespace Checkout.Tests.Payments;

[Trait("Size", "Full")]
public sealed class PostgresPaymentBookTests(PostgreSqlServer postgres)
{
    [Fact]
    public async Task TryEnter_DeliveredSeveralTimesAtOnce_EntersOnePaymentAndOneConfirmation()
    {
        await using ShopDatabase database = await ShopDatabase.OpenAsync(postgres);
        PostgresOrderStore store = new(database.Transactions, database.DataSource, new NothingBesides(), TimeProvider.System);
        (Order order, _) = await store.PlaceAsync("one", CheckoutApp.Tea, new Payment("pay_1", 700), CancellationToken.None);
        PostgresPaymentBook book = new(database.Transactions, TimeProvider.System);

        bool[] entered = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => book.TryEnterAsync(new PaymentRequest(order, 700), CancellationToken.None)));

        Assert.Single(entered, static isNew => isNew);
        Assert.Equal((1, 1), (await database.CountAsync("payments"), await database.CountAsync("confirmations")));
    }

    private sealed class NothingBesides : ICommitWithOrder
    {
        public Task WriteAsync(Npgsql.NpgsqlConnection connection, Order order, Payment payment, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
