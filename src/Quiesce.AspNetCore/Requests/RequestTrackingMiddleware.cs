using Microsoft.AspNetCore.Http;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Requests;

/// <summary>The outermost middleware: nothing of the application sees a request that is not counted.</summary>
internal sealed class RequestTrackingMiddleware(RequestDelegate next, RequestTracker tracker, ConnectionSet connections)
{
    /// <summary>What ASP.NET Core's exception handlers answer when a request was cancelled; no client ever asked for it here.</summary>
    private const int ClientClosedRequest = 499;

    public Task InvokeAsync(HttpContext context)
    {
        if (connections.HasManagement && context.Features.Get<TrackedConnection>() is { IsManagement: true }) { return next(context); }

        if (!tracker.TryBegin(context))
        {
            RequestTracker.RefuseUnseen(context);
            return Task.CompletedTask;
        }

        Task running = StartAsync(context);
        return running.IsCompletedSuccessfully ? running : AwaitAsync(running, context);
    }

    /// <summary>Middleware may throw before it returns a task; that is no different from a task that fails.</summary>
    private Task StartAsync(HttpContext context)
    {
        try { return next(context); }
        catch (Exception error) { return Task.FromException(error); }
    }

    private async Task AwaitAsync(Task running, HttpContext context)
    {
        try
        {
            await running;
            if (CanStillAnswer(context) && context.Response.StatusCode == ClientClosedRequest) { RequestTracker.Refuse(context); }
        }
        catch (OperationCanceledException) when (CanStillAnswer(context))
        {
            // We cancelled it at the drain's deadline: say so, whole and retryable, instead of cutting the connection.
            RequestTracker.Refuse(context);
        }
        catch (OperationCanceledException) when (IsStreamThatWeEnded(context))
        {
            // An event stream that left with us: its response ends whole, as if it had returned by itself.
        }
        catch (Exception) when (!context.Response.HasStarted)
        {
            tracker.CloseAfterServersAnswer(context);
            throw;
        }
    }

    private static bool CanStillAnswer(HttpContext context) => !context.Response.HasStarted && IsCancelledByUs(context);

    private static bool IsStreamThatWeEnded(HttpContext context) =>
        context.Response.HasStarted && TrackedRequest.Of(context)?.LongLived is not null && IsCancelledByUs(context);

    private static bool IsCancelledByUs(HttpContext context) => TrackedRequest.Of(context)?.IsCancelledByUs == true;
}
