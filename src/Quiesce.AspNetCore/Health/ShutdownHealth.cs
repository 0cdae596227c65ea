using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Announcing;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Health;

/// <summary>The two probes. Not through the health check service: that logs an error for each probe of a leaving instance and pages
/// people for a deployment (dotnet/aspnetcore#56815).</summary>
internal static class ShutdownHealth
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        ShutdownCoordinator coordinator = endpoints.ServiceProvider.GetRequiredService<ShutdownCoordinator>();
        ReadinessChecks checks = endpoints.ServiceProvider.GetRequiredService<ReadinessChecks>();
        int leaving = StatusOf(endpoints.ServiceProvider.GetRequiredService<IOptions<GracefulShutdownOptions>>().Value.Announce.Readiness);
        RouteGroupBuilder probes = endpoints.MapGroup("");
        probes.MapGet("/livez", static context => AnswerAsync(context, StatusCodes.Status200OK, "alive"));
        probes.MapGet("/readyz", context =>
        {
            bool isRunning = coordinator.Phase == ShutdownPhase.Running;
            bool isReady = isRunning || leaving == StatusCodes.Status200OK;
            checks.OnAsked(context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent, isReady);
            return AnswerAsync(context, isReady ? StatusCodes.Status200OK : leaving, isRunning ? "ready" : "leaving");
        });
        return probes;
    }

    private static int StatusOf(ReadinessAnswer answer) => answer switch
    {
        ReadinessAnswer.Pass => StatusCodes.Status200OK,
        ReadinessAnswer.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        // Whoever probes is no client: its connections say nothing about whether clients still come.
        if (context.Features.Get<TrackedConnection>() is { } connection) { connection.IsProbe = true; }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text);
    }
}
