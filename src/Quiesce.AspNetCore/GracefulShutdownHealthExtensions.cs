using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quiesce.AspNetCore.Health;

namespace Quiesce;

/// <summary>Makes a graceful shutdown known to an application's own health checks.</summary>
public static class GracefulShutdownHealthExtensions
{
    /// <summary>Adds a check that fails from the signal on, for an application whose readiness probe is one of <c>MapHealthChecks</c>.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>For readiness only. A liveness probe that runs it gets the instance restarted in the middle of its drain: choose the checks of each probe by tag.</item>
    /// <item>The announce learns from it as from <c>MapShutdownHealth</c>'s <c>/readyz</c>: who has heard "not ready" how often, and that a probe is no client. For
    /// that it adds <c>IHttpContextAccessor</c>. Whoever sends a request that runs the check is taken for a probe; a status page for people should leave it out.</item>
    /// <item>Only <see cref="HealthStatus.Unhealthy"/> is evidence: health checks answer <see cref="HealthStatus.Degraded"/> with 200. Whoever maps Unhealthy to a code
    /// that balancers take for ready, in <c>HealthCheckOptions.ResultStatusCodes</c>, should set <see cref="AnnounceOptions.Readiness"/> to
    /// <see cref="ReadinessAnswer.Pass"/> instead.</item>
    /// <item><see cref="ReadinessAnswer.Pass"/> keeps it healthy. Of a check, <see cref="ReadinessAnswer.NotFound"/> means the same as
    /// <see cref="ReadinessAnswer.Fail"/>: the status code is in <c>HealthCheckOptions.ResultStatusCodes</c>.</item>
    /// <item>ASP.NET Core's health checks log an error each time one of them fails, <c>MapShutdownHealth</c> logs nothing.</item>
    /// </list>
    /// </remarks>
    /// <param name="builder">The health checks' builder.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it reports when leaving; <see langword="null"/>, the default, is <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">To choose it by; <see langword="null"/>, the default, is <c>ready</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">At the start: <c>AddGracefulShutdown</c> was not called on the application's builder.</exception>
    public static IHealthChecksBuilder AddGracefulShutdown(
        this IHealthChecksBuilder builder, string name = "graceful-shutdown", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddOptions<HealthCheckServiceOptions>()
            .Validate<IServiceProviderIsService>(
                static (_, services) => services.IsService(typeof(Readiness)),
                "AddHealthChecks().AddGracefulShutdown() needs AddGracefulShutdown on the application's builder.")
            .ValidateOnStart();
        return builder.Add(new HealthCheckRegistration(
            name,
            static services => new ShutdownHealthCheck(services.GetRequiredService<Readiness>(), services.GetRequiredService<IHttpContextAccessor>()),
            failureStatus,
            tags ?? ["ready"]));
    }
}
