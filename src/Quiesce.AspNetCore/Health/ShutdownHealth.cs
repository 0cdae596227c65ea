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
        Readiness readiness = endpoints.ServiceProvider.GetRequiredService<Readiness>();
        int leaving = StatusOf(readiness.WhenLeaving);
        RouteGroupBuilder probes = endpoints.MapGroup("");
        probes.MapGet("/livez", static context =>
        {
            Readiness.MarkAsProbe(context);
            return AnswerAsync(context, StatusCodes.Status200OK, "alive");
        });
        probes.MapGet("/readyz", context =>
        {
            (bool isReady, string word) = readiness.Now;
            readiness.Tell(context, isReady);
            return AnswerAsync(context, isReady ? StatusCodes.Status200OK : leaving, word);
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
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text);
    }
}
