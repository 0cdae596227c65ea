using System.Net;
using System.Runtime.InteropServices;
using Checkout.Shutdown;
using Checkout.Tests.Running;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Shutdown;

public sealed class DelayedShutdownTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public async Task Sigterm_DuringTheDelay_IsNotReadyAndStillServes()
    {
        await using CheckoutProcess service = await CheckoutProcess.ServeAsync(
            _temp.Data, "delay", ("DelayedShutdown__Delay", "01:00:00"));
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/readyz")).StatusCode);

        service.Terminate();
        await service.LineAsync("not ready from now on");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.Client.GetAsync("/readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/livez")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await service.PlaceAsync("late")).StatusCode);
    }

    [Fact]
    public async Task Sigterm_DelayPasses_StopsLikeStock()
    {
        await using CheckoutProcess service = await CheckoutProcess.ServeAsync(
            _temp.Data, "delay", ("DelayedShutdown__Delay", "00:00:00.1"));
        Task<HttpResponseMessage> placing = service.PlaceAsync("slow");
        await service.LineAsync("Order slow: asked the payment provider");

        service.Terminate();

        Assert.Equal(HttpStatusCode.Created, (await placing).StatusCode);
        Assert.Equal((0, ""), await service.ExitAsync());
        Assert.All(["orders", "audit", "confirmations"], ledger => Assert.Equal(["slow"], Ledger.Read(ledger, _temp.Data)));
    }

    [Fact]
    public void Leave_SignalledTwice_StopsOnceTheFirstDelayHasPassed()
    {
        ManualTime time = new();
        Readiness readiness = new();
        ApplicationLifetime application = new(NullLogger<ApplicationLifetime>.Instance);
        using DelayedLifetime lifetime = new(
            application, readiness, Options.Create(new DelayedShutdownOptions()), time, NullLogger<DelayedLifetime>.Instance);

        lifetime.Leave(PosixSignal.SIGTERM);
        time.Advance(TimeSpan.FromSeconds(4.9));
        lifetime.Leave(PosixSignal.SIGTERM);
        bool stoppedEarly = application.ApplicationStopping.IsCancellationRequested;
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(readiness.IsLeaving);
        Assert.False(stoppedEarly);
        Assert.True(application.ApplicationStopping.IsCancellationRequested);
    }

    public void Dispose() => _temp.Dispose();
}
