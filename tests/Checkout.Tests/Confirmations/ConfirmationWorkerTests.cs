using System.Threading.Channels;
using Checkout.Confirmations;
using Checkout.Data;
using Checkout.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Confirmations;

public sealed class ConfirmationWorkerTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public async Task Drain_ConfirmationsWait_AppendsEachOnceAndInOrder()
    {
        (DataFolder folder, ConfirmationWorker worker) = await StartAsync();
        string[] ids = [.. Enumerable.Range(0, 500).Select(number => $"order-{number}")];
        foreach (string id in ids) { await worker.EnqueueAsync(id); }

        await worker.DrainAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        Assert.Equal(ids, Ledger.Read("confirmations", folder.FullPath));
        Assert.Equal(0, worker.Waiting);
    }

    [Fact]
    public async Task Drain_CalledByHookAndHost_IsOneDrain()
    {
        (DataFolder folder, ConfirmationWorker worker) = await StartAsync();
        await worker.EnqueueAsync("one");

        Task[] drains = [worker.DrainAsync(CancellationToken.None), worker.DrainAsync(CancellationToken.None)];
        await Task.WhenAll(drains).WaitAsync(TestTimeouts.Hang);
        await worker.StopAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        Assert.Equal(["one"], Ledger.Read("confirmations", folder.FullPath));
    }

    [Fact]
    public async Task Stop_RightAfterStart_StillWritesWhatIsQueued()
    {
        (DataFolder folder, ConfirmationWorker worker) = await StartAsync();
        await worker.EnqueueAsync("one");

        await worker.StopAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        Assert.Equal(["one"], Ledger.Read("confirmations", folder.FullPath));
    }

    [Fact]
    public async Task Stop_HostHasNoTimeLeft_DoesNotThrow()
    {
        (_, ConfirmationWorker worker) = await StartAsync();
        await worker.EnqueueAsync("one");

        await worker.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TestTimeouts.Hang);

        await worker.DrainAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang); // the worker went on by itself
    }

    [Fact]
    public async Task Enqueue_AfterTheDrain_IsRefused()
    {
        (_, ConfirmationWorker worker) = await StartAsync();
        await worker.DrainAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        await Assert.ThrowsAsync<ChannelClosedException>(() => worker.EnqueueAsync("late").AsTask());
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>Starts a worker whose batches never end by themselves: its clock stands still.</summary>
    private async Task<(DataFolder Folder, ConfirmationWorker Worker)> StartAsync()
    {
        DataFolder folder = _temp.Create();
        ConfirmationWorker worker = new(
            folder, Options.Create(new ConfirmationOptions()), new ManualTime(), NullLogger<ConfirmationWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        return (folder, worker);
    }
}
