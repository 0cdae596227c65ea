using System.Net;
using Checkout.Tests.Running;

namespace Checkout.Tests.Shutdown;

public sealed class StockShutdownTests : IDisposable
{
    // With these, nothing but a stop writes the outbox and the audit log.
    private static readonly (string, string)[] _onlyAStopFlushes =
        [("Confirmations__BatchWindow", "01:00:00"), ("Audit__FlushInterval", "01:00:00")];

    private readonly TempFolder _temp = new();

    [Fact]
    public async Task Sigterm_OrderInFlight_IsAnsweredAndKeptAndTheExitCodeIsZero()
    {
        await using CheckoutProcess service = await CheckoutProcess.ServeAsync(_temp.Data, "stock", _onlyAStopFlushes);
        Task<HttpResponseMessage> placing = service.PlaceAsync("slow");
        await service.LineAsync("Order slow: asked the payment provider");

        service.Terminate();

        Assert.Equal(HttpStatusCode.Created, (await placing).StatusCode);
        Assert.Equal((0, ""), await service.ExitAsync());
        Assert.All(["orders", "audit", "confirmations"], ledger => Assert.Equal(["slow"], Ledger.Read(ledger, _temp.Data)));
    }

    [Fact]
    public async Task Sigkill_OrderAcknowledged_LosesTheQueueAndTheBufferButNotTheOrder()
    {
        await using CheckoutProcess service = await CheckoutProcess.ServeAsync(_temp.Data, "stock", _onlyAStopFlushes);
        Assert.Equal(HttpStatusCode.Created, (await service.PlaceAsync("lost")).StatusCode);

        service.KillAtOnce();
        await service.ExitAsync();

        Assert.Equal(["lost"], Ledger.Read("orders", _temp.Data));
        Assert.Empty(Ledger.Read("audit", _temp.Data));
        Assert.Empty(Ledger.Read("confirmations", _temp.Data));
    }

    [Fact]
    public async Task Sigterm_TwoInstancesOnOneFolder_LoseNothingBetweenThem()
    {
        await using CheckoutProcess old = await CheckoutProcess.ServeAsync(_temp.Data, "stock", _onlyAStopFlushes);
        await using CheckoutProcess successor = await CheckoutProcess.ServeAsync(_temp.Data, "stock", _onlyAStopFlushes);
        string[] ids = [.. Enumerable.Range(0, 40).Select(number => $"order-{number:00}")];
        Task<HttpResponseMessage>[] placing = [.. ids.Select((id, index) => (index % 2 == 0 ? old : successor).PlaceAsync(id))];

        HttpResponseMessage[] responses = await Task.WhenAll(placing);
        old.Terminate();
        successor.Terminate();

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        Assert.Equal((0, ""), await old.ExitAsync());
        Assert.Equal((0, ""), await successor.ExitAsync());
        Assert.All(["orders", "audit", "confirmations"], ledger =>
            Assert.Equal(ids, Ledger.Read(ledger, _temp.Data).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/export")]
    [InlineData("/export?polite=true")]
    public async Task Sigterm_RequestNeverEnds_IsCutOffAtTheTimeoutWithoutAnAnswer(string path)
    {
        await using CheckoutProcess service = await CheckoutProcess.ServeAsync(
            _temp.Data, "stock --never-ending",
            ("DOTNET_SHUTDOWNTIMEOUTSECONDS", "1"), ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information"));
        Task<HttpResponseMessage> exporting = service.Client.GetAsync(path);
        await service.LineAsync("/export");

        service.Terminate();

        await Assert.ThrowsAsync<HttpRequestException>(() => exporting.WaitAsync(TestTimeouts.Hang));
        Assert.Equal(0, (await service.ExitAsync()).ExitCode);
    }

    public void Dispose() => _temp.Dispose();
}
