using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Quiesce.AspNetCore.Health;
using Quiesce.AspNetCore.Server;

namespace Quiesce;

/// <summary>Switches graceful shutdown on for a web application.</summary>
public static class GracefulShutdownWebExtensions
{
    /// <summary>Makes this application leave without losing a request.</summary>
    /// <remarks>
    /// Told to stop, it turns not ready, goes on serving for the announce with <c>Connection: close</c> in each answer, closes its
    /// listeners, serves the connections that exist until nothing is in flight, and only then stops the host. Options come from the
    /// configuration section <c>GracefulShutdown</c>; <c>QUIESCE_GRACE_PERIOD</c> wins over its <c>GracePeriod</c>. Call it after
    /// <c>UseKestrel</c>, <c>UseSockets</c> and registrations of an <c>IHostLifetime</c>. Under a test server it leaves the process alone.
    /// </remarks>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">Sets options in code, after configuration was read.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ShutdownConfigurationException">It was called before. Other mistakes are thrown when the application starts, all at once.</exception>
    public static WebApplicationBuilder AddGracefulShutdown(
        this WebApplicationBuilder builder, Action<GracefulShutdownOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        GracefulShutdownHostingExtensions.AddGracefulShutdown(builder, configure);
        WebServices.Add(builder.Services);
        return builder;
    }

    /// <summary>Maps <c>GET /livez</c> and <c>GET /readyz</c>.</summary>
    /// <remarks><c>/readyz</c> answers 503 from the signal on; <c>/livez</c> stays 200 while the port is open, so that nobody restarts a
    /// process that is leaving. Both say <c>Cache-Control: no-store</c>, need no services and log nothing.</remarks>
    /// <param name="endpoints">The application.</param>
    /// <returns>Both endpoints, to add conventions to.</returns>
    public static RouteGroupBuilder MapShutdownHealth(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return ShutdownHealth.Map(endpoints);
    }
}
