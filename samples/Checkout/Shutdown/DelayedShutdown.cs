using Checkout.Shutdown.Clients;

namespace Checkout.Shutdown;

/// <summary>Stock, after a fixed wait in which readiness fails and everything is still served.</summary>
/// <remarks>
/// The idea is Microsoft's: dotnet/dotnet-docker, samples/kubernetes/graceful-shutdown, which replaces the host's lifetime
/// with one that waits before StopApplication. The wait gives balancers the time to look elsewhere.
/// </remarks>
internal sealed class DelayedShutdown : IShutdownStyle
{
    public IClients Clients { get; } = new PlainClients();

    public void Configure(WebApplicationBuilder builder, CheckoutArguments arguments)
    {
        builder.Services.AddChecked<DelayedShutdownOptions>(
            "DelayedShutdown", "Delay must be zero or more.", static options => options.Delay >= TimeSpan.Zero);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<IHostLifetime, DelayedLifetime>();
    }

    public void MapHealth(WebApplication app)
    {
        app.MapGet("/livez", () => TypedResults.Ok());

        // Not a health check: the health check service would log an error per probe, for a state that is meant to be.
        app.MapGet("/readyz", (Readiness readiness) => TypedResults.StatusCode(
            readiness.IsLeaving ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK));
    }

    public async Task<int> RunAsync(WebApplication app)
    {
        await app.RunAsync();
        return 0;
    }
}
