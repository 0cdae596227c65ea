using Checkout.Tests.Running;

namespace Checkout.Tests.Servers;

public sealed class TelemetryTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Theory]
    [InlineData("stock")]
    [InlineData("quiesce")]
    public async Task Sigterm_TracesAreQueued_ReachTheCollector(string shutdown)
    {
        await using Collector collector = await Collector.StartAsync();
        await using CheckoutProcess service = await CheckoutProcess.ServeAsync(_temp.Data, shutdown, collector.Environment);
        await service.PlaceAsync("one");

        service.Terminate();
        Assert.Equal((0, ""), await service.ExitAsync());

        Assert.Contains("/v1/traces", collector.Received, StringComparison.Ordinal);
        Assert.Contains("/v1/metrics", collector.Received, StringComparison.Ordinal);
        Assert.Contains("/orders", collector.Received, StringComparison.Ordinal);
        Assert.Contains("checkout-web", collector.Received, StringComparison.Ordinal);
        if (shutdown == "quiesce") { Assert.Contains("quiesce.shutdown.exit_code", collector.Received, StringComparison.Ordinal); }
    }

    public void Dispose() => _temp.Dispose();
}
