using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Quiesce.AspNetCore.Health;

/// <summary>Readiness as one of the application's own health checks.</summary>
/// <remarks>Who asks is taken from the request that the check runs for, so that the announce learns from it as from <c>/readyz</c>. A publisher runs checks for
/// nobody, and tells the balancer nothing.</remarks>
internal sealed class ShutdownHealthCheck(Readiness readiness, IHttpContextAccessor request) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        (bool isReady, string word) = readiness.Now;
        HealthStatus status = isReady ? HealthStatus.Healthy : context.Registration.FailureStatus;

        // Degraded is answered with 200: a balancer that hears it goes on sending.
        if (request.HttpContext is { } asked) { readiness.Tell(asked, isReady: status != HealthStatus.Unhealthy); }

        return Task.FromResult(new HealthCheckResult(status, word));
    }
}
