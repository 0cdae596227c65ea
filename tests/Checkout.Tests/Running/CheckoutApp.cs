using System.Net.Http.Json;
using Checkout.Orders;
using Checkout.Payments;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Checkout.Tests.Running;

/// <summary>The service in this process, on a data folder of its own, with a payment provider that answers at once.</summary>
internal sealed class CheckoutApp(Action<IServiceCollection>? configure = null) : WebApplicationFactory<Program>
{
    private readonly TempFolder _folder = new();

    public string Data => _folder.Data;

    public HttpClient Client => field ??= CreateClient();

    public static NewOrder Tea { get; } = new("tea", 2);

    public Task<HttpResponseMessage> PlaceAsync(string? key, NewOrder? order = null, CancellationToken cancellationToken = default)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/orders") { Content = JsonContent.Create(order ?? Tea) };
        if (key is not null) { request.Headers.TryAddWithoutValidation("Idempotency-Key", key); }
        return Client.SendAsync(request, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Stops the service, and leaves the folder to look into.</summary>
    public Task StopAsync() => base.DisposeAsync().AsTask();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("data", Data);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.Configure<PaymentOptions>(options => options.Fastest = options.Slowest = TimeSpan.FromTicks(1));
            configure?.Invoke(services);
        });
    }
}
