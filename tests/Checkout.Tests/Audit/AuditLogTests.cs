using Checkout.Audit;
using Checkout.Data;
using Checkout.Orders;
using Checkout.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private static readonly Order _order = new("one", "tea", 2, "pay_1", DateTimeOffset.UnixEpoch);
    private readonly TempFolder _temp = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Write_LittleAndRecent_StaysInMemory()
    {
        await using AuditLog log = Open(new AuditOptions());

        log.Write(_order);

        Assert.Empty(Lines());
    }

    [Fact]
    public async Task Write_IntervalPasses_IsFlushed()
    {
        await using AuditLog log = Open(new AuditOptions());
        log.Write(_order);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["one"], Lines());
    }

    [Fact]
    public async Task Write_BufferIsFull_IsFlushedAtOnce()
    {
        await using AuditLog log = Open(new AuditOptions { BufferLimitBytes = 1 });

        log.Write(_order);

        Assert.Equal(["one"], Lines());
    }

    [Fact]
    public async Task Flush_ByHookHostAndDisposal_WritesEachLineOnce()
    {
        AuditLog log = Open(new AuditOptions());
        log.Write(_order);

        await log.FlushAsync(CancellationToken.None);
        await log.StopAsync(new CancellationToken(canceled: true));
        log.Write(_order with { Id = "late" });
        await log.DisposeAsync();
        await log.DisposeAsync();

        Assert.Equal(["one", "late"], Lines());
    }

    [Fact]
    public async Task Stop_OfTheService_FlushesTheLog()
    {
        await using CheckoutApp app = new();
        await app.PlaceAsync("one");

        await app.StopAsync();

        Assert.Equal(["one"], Ledger.Read("audit", app.Data));
    }

    public void Dispose() => _temp.Dispose();

    private AuditLog Open(AuditOptions options)
    {
        DataFolder folder = _temp.Create();
        return new AuditLog(folder, Options.Create(options), _time, NullLogger<AuditLog>.Instance);
    }

    private string[] Lines() => Ledger.Read("audit", _temp.Data);
}
