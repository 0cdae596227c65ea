using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Quiesce.AspNetCore.Health;

/// <summary>The two probes. Not through the health check service: that logs an error for each probe of a leaving instance and pages
/// people for a deployment (dotnet/aspnetcore#56815).</summary>
internal static class ShutdownHealth
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        ShutdownCoordinator coordinator = endpoints.ServiceProvider.GetRequiredService<ShutdownCoordinator>();
        RouteGroupBuilder probes = endpoints.MapGroup("");
        probes.MapGet("/livez", static context => AnswerAsync(context, StatusCodes.Status200OK, "alive"));
        probes.MapGet("/readyz", context => coordinator.Phase == ShutdownPhase.Running
            ? AnswerAsync(context, StatusCodes.Status200OK, "ready")
            : AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "leaving"));
        return probes;
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text);
    }
}
