using Checkout.Audit;
using Checkout.Data;
using Checkout.Orders;
using Checkout.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Audit;

public sealed class SerilogAuditTests : IDisposable
{
    private static readonly Order _order = new("one", "tea", 2, "pay_1", new DateTimeOffset(2026, 11, 28, 7, 30, 0, 5, TimeSpan.Zero));
    private readonly TempFolder _temp = new();

    [Fact]
    public void Dispose_LinesAreQueued_WritesAllOfThem()
    {
        string[] ids = [.. Enumerable.Range(0, 2_000).Select(static number => $"order-{number}")];
        SerilogAudit audit = new(_temp.Create());

        foreach (string id in ids) { audit.Write(_order with { Id = id }); }
        audit.Dispose();
        audit.Dispose();

        Assert.Equal(ids, Ledger.Read("audit", _temp.Data));
    }

    [Fact]
    public void Write_ByTwoAtOnce_KeepsEveryLineWhole()
    {
        DataFolder folder = _temp.Create();
        using (SerilogAudit old = new(folder))
        using (SerilogAudit successor = new(folder))
        {
            for (int number = 0; number < 500; number++) { (number % 2 == 0 ? old : successor).Write(_order with { Id = $"order-{number:000}" }); }
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(static number => $"order-{number:000}"), Ledger.Read("audit", _temp.Data).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Write_AnOrder_IsTheLineThatTheOtherAuditLogWrites()
    {
        DataFolder folder = _temp.Create();
        using (SerilogAudit audit = new(folder)) { audit.Write(_order); }
        await using (AuditLog log = new(folder, Options.Create(new AuditOptions()), TimeProvider.System, NullLogger<AuditLog>.Instance)) { log.Write(_order); }

        string[] lines = File.ReadAllLines(folder.Audit);

        Assert.Equal(2, lines.Length);
        Assert.Equal(lines[1], lines[0]);
    }

    public void Dispose() => _temp.Dispose();
}
