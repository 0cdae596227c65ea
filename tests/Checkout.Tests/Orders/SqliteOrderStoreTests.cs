using Checkout.Data;
using Checkout.Orders;
using Checkout.Payments;
using Checkout.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Checkout.Tests.Orders;

public sealed class SqliteOrderStoreTests : IDisposable
{
    private static readonly Payment _payment = new("pay_1", 700);
    private readonly TempFolder _temp = new();

    [Fact]
    public async Task Place_PaymentFails_LeavesNoOrderBehind()
    {
        (DataFolder folder, SqliteOrderStore store) = await OpenAsync();
        Sql(folder, "CREATE TRIGGER refuse BEFORE INSERT ON payments BEGIN SELECT RAISE(ABORT, 'no money'); END");

        await Assert.ThrowsAsync<SqliteException>(() => store.PlaceAsync("one", CheckoutApp.Tea, _payment, CancellationToken.None));

        Assert.Null(store.Find("one"));
        await store.CloseAsync();
    }

    [Fact]
    public async Task Place_CancelledBeforeItBegins_LeavesNothingBehind()
    {
        (_, SqliteOrderStore store) = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.PlaceAsync("one", CheckoutApp.Tea, _payment, new CancellationToken(canceled: true)));

        Assert.Null(store.Find("one"));
        await store.CloseAsync();
    }

    [Fact]
    public async Task Place_TwoStoresOnOneFile_WriteEveryOrderOnce()
    {
        (DataFolder folder, SqliteOrderStore first) = await OpenAsync();
        (_, SqliteOrderStore second) = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => (number % 2 == 0 ? first : second).PlaceAsync(
            $"order-{number / 2}", CheckoutApp.Tea, new Payment($"pay_{number}", 700), CancellationToken.None))));

        Assert.Equal(100, Ledger.Read("orders", folder.FullPath).Length);
        await first.CloseAsync();
        await second.CloseAsync();
    }

    [Fact]
    public async Task Close_CalledTwice_FoldsTheLogIntoTheDatabaseAndRefusesFurtherWrites()
    {
        (DataFolder folder, SqliteOrderStore store) = await OpenAsync();
        await store.PlaceAsync("one", CheckoutApp.Tea, _payment, CancellationToken.None);

        await store.CloseAsync();
        await store.CloseAsync();

        Assert.False(File.Exists(folder.Orders + "-wal"));
        Assert.Throws<ObjectDisposedException>(() => store.Find("one"));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => store.PlaceAsync("two", CheckoutApp.Tea, _payment, CancellationToken.None));
    }

    public void Dispose() => _temp.Dispose();

    private async Task<(DataFolder Folder, SqliteOrderStore Store)> OpenAsync()
    {
        DataFolder folder = _temp.Create();
        SqliteOrderStore store = new(folder, TimeProvider.System);
        await store.StartAsync(CancellationToken.None);
        return (folder, store);
    }

    private static void Sql(DataFolder folder, string sql)
    {
        using SqliteConnection connection = SqliteOrderStore.Open(SqliteOrderStore.ConnectionString(folder));
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
