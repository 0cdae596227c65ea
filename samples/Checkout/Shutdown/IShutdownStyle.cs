using Checkout.Shutdown.Clients;

namespace Checkout.Shutdown;

/// <summary>One way to leave: what <c>--shutdown</c> chooses between. The service itself is the same in all of them.</summary>
internal interface IShutdownStyle
{
    /// <summary>Gets how this way uses PostgreSQL and RabbitMQ.</summary>
    IClients Clients { get; }

    /// <summary>Adds what the way needs, after the service's own registrations.</summary>
    void Configure(WebApplicationBuilder builder, CheckoutArguments arguments);

    /// <summary>Maps <c>/livez</c> and <c>/readyz</c>.</summary>
    void MapHealth(WebApplication app);

    /// <summary>Serves until told to stop. Returns the exit code.</summary>
    Task<int> RunAsync(WebApplication app);
}
