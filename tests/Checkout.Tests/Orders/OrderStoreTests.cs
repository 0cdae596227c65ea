using Checkout.Data;
using Checkout.Orders;
using Checkout.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Checkout.Tests.Orders;

public sealed class OrderStoreTests : IDisposable
{
    private static readonly Payment _payment = new("pay_1", 700);
    private readonly TempFolder _temp = new();

    [Fact]
    public async Task Place_PaymentFails_LeavesNoOrderBehind()
    {
        (DataFolder folder, OrderStore store) = await OpenAsync();
        Sql(folder, "CREATE TRIGGER refuse BEFORE INSERT ON payments BEGIN SELECT RAISE(ABORT, 'no money'); END");

        await Assert.ThrowsAsync<SqliteException>(() => store.PlaceAsync("one", CheckoutApp.Tea, _payment, CancellationToken.None));

        Assert.Null(store.Find("one"));
        await store.CloseAsync();
    }

    [Fact]
    public async Task Place_CancelledBeforeItBegins_LeavesNothingBehind()
    {
        (_, OrderStore store) = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.PlaceAsync("one", CheckoutApp.Tea, _payment, new CancellationToken(canceled: true)));

        Assert.Null(store.Find("one"));
        await store.CloseAsync();
    }

    [Fact]
    public async Task Place_TwoStoresOnOneFile_WriteEveryOrderOnce()
    {
        (DataFolder folder, OrderStore first) = await OpenAsync();
        (_, OrderStore second) = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => (number % 2 == 0 ? first : second).PlaceAsync(
            $"order-{number / 2}", CheckoutApp.Tea, new Payment($"pay_{number}", 700), CancellationToken.None))));

        Assert.Equal(100, Ledger.Read("orders", folder.FullPath).Length);
        await first.CloseAsync();
        await second.CloseAsync();
    }

    [Fact]
    public async Task Close_CalledTwice_FoldsTheLogIntoTheDatabaseAndRefusesFurtherWrites()
    {
        (DataFolder folder, OrderStore store) = await OpenAsync();
        await store.PlaceAsync("one", CheckoutApp.Tea, _payment, CancellationToken.None);

        await store.CloseAsync();
        await store.CloseAsync();

        Assert.False(File.Exists(folder.Orders + "-wal"));
        Assert.Throws<ObjectDisposedException>(() => store.Find("one"));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => store.PlaceAsync("two", CheckoutApp.Tea, _payment, CancellationToken.None));
    }

    public void Dispose() => _temp.Dispose();

    private async Task<(DataFolder Folder, OrderStore Store)> OpenAsync()
    {
        DataFolder folder = _temp.Create();
        OrderStore store = new(folder, TimeProvider.System);
        await store.StartAsync(CancellationToken.None);
        return (folder, store);
    }

    private static void Sql(DataFolder folder, string sql)
    {
        using SqliteConnection connection = OrderStore.Open(OrderStore.ConnectionString(folder));
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
