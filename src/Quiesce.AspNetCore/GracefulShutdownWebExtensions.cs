using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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

    /// <summary>Makes a web application leave without losing a request that is built by <c>Host.CreateDefaultBuilder</c> and
    /// <c>ConfigureWebHostDefaults</c>; call it there, last.</summary>
    /// <remarks>As <see cref="AddGracefulShutdown(WebApplicationBuilder, Action{GracefulShutdownOptions}?)"/>, with both halves.</remarks>
    /// <param name="builder">The builder of the host's web server.</param>
    /// <returns>The builder.</returns>
    public static IWebHostBuilder AddGracefulShutdown(this IWebHostBuilder builder) => builder.AddGracefulShutdown(static _ => { });

    /// <summary>Makes a web application leave without losing a request, with options set in code.</summary>
    /// <remarks>As <see cref="AddGracefulShutdown(IWebHostBuilder)"/>. Mistakes are thrown when the host is built or starts.</remarks>
    /// <param name="builder">The builder of the host's web server.</param>
    /// <param name="configure">Sets options in code, after configuration was read.</param>
    /// <returns>The builder.</returns>
    public static IWebHostBuilder AddGracefulShutdown(this IWebHostBuilder builder, Action<GracefulShutdownOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.ConfigureServices(services => WebServices.AddBothHalves(services, configure));
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
