using Checkout.Shutdown.Clients;

namespace Checkout.Shutdown;

/// <summary>ASP.NET Core's own, as its documentation recommends.</summary>
/// <remarks>
/// On SIGTERM Kestrel closes its listener at once, lets running requests end, and then each hosted service's StopAsync runs: the
/// sweeper gives its lock up, the worker drains, the audit log flushes. The container disposes the rest. All of it
/// within HostOptions.ShutdownTimeout, 30 s. Nothing is missing here; the losses are those of requests that arrive meanwhile.
/// https://learn.microsoft.com/aspnet/core/fundamentals/host/hosted-services
/// https://learn.microsoft.com/dotnet/core/extensions/generic-host#host-shutdown
/// </remarks>
internal sealed class StockShutdown : IShutdownStyle
{
    public IClients Clients { get; } = new PlainClients();

    public void Configure(WebApplicationBuilder builder, CheckoutArguments arguments) => builder.Services.AddHealthChecks();

    public void MapHealth(WebApplication app)
    {
        app.MapHealthChecks("/livez");
        app.MapHealthChecks("/readyz");
    }

    public async Task<int> RunAsync(WebApplication app)
    {
        await app.RunAsync();
        return 0;
    }
}
