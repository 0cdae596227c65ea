using Checkout.Data;
using Checkout.Orders;
using Checkout.Payments;
using Checkout.Sweeping;
using Checkout.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Sweeping;

public sealed class SweeperTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public async Task Release_CalledByHookHostAndDisposal_GivesTheLockUpOnce()
    {
        DataFolder folder = _temp.Create();
        Sweeper sweeper = Create(folder);
        await sweeper.StartAsync(CancellationToken.None);

        Task[] releases = [sweeper.ReleaseAsync(CancellationToken.None), sweeper.ReleaseAsync(CancellationToken.None)];
        await Task.WhenAll(releases).WaitAsync(TestTimeouts.Hang);
        await sweeper.StopAsync(CancellationToken.None);
        await sweeper.DisposeAsync();

        using FileStream free = new(folder.SweeperLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public async Task Release_NeverStarted_EndsAtOnceAndForbidsTheStart()
    {
        DataFolder folder = _temp.Create();
        Sweeper sweeper = Create(folder);

        await sweeper.ReleaseAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        await sweeper.StartAsync(CancellationToken.None);

        Assert.False(File.Exists(folder.SweeperLock));
    }

    [Fact]
    public async Task SettlePayments_TwoOfThree_LeavesOne()
    {
        SqliteOrderStore store = new(_temp.Create(), TimeProvider.System);
        await store.StartAsync(CancellationToken.None);
        foreach (string id in (string[])["one", "two", "three"])
        {
            await store.PlaceAsync(id, CheckoutApp.Tea, new Payment($"pay_{id}", 700), CancellationToken.None);
        }

        Assert.Equal(2, store.SettlePayments(limit: 2));
        Assert.Equal(1, store.SettlePayments(limit: 2));
        Assert.Equal(0, store.SettlePayments(limit: 2));
        await store.CloseAsync();
    }

    [Fact]
    public async Task Lock_FirstInstanceStops_IsTakenOverByTheSecond()
    {
        await using CheckoutProcess first = await CheckoutProcess.ServeAsync(_temp.Data, "stock");
        await first.LineAsync("Application started");
        await using CheckoutProcess second = CheckoutProcess.Start($"--data {_temp.Data} --urls http://127.0.0.1:0");
        await second.LineAsync("Waits for the sweeper's lock");

        first.Terminate();

        await second.LineAsync("Took the sweeper's lock");
    }

    public void Dispose() => _temp.Dispose();

    private static Sweeper Create(DataFolder folder) => new(
        folder, new SqliteOrderStore(folder, TimeProvider.System), Options.Create(new SweeperOptions()), TimeProvider.System,
        NullLogger<Sweeper>.Instance);
}
