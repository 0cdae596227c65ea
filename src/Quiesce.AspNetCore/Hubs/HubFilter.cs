using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.LongLived;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>Follows SignalR's connections and the calls on them.</summary>
internal sealed class HubFilter(RequestTracker requests) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var hub = new TrackedHub(context.Context);
        context.Context.Features.Set(hub);
        if (!EndsByItself(context.Context)) { Join(hub, context.Context); }

        try { await next(context); }
        catch
        {
            // SignalR ends such a connection without OnDisconnectedAsync.
            hub.OnDisconnected();
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try { await next(context, exception); }
        finally { context.Context.Features.Get<TrackedHub>()?.OnDisconnected(); }
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        // The scope is the call's own: SignalR disposes it when it has written the answer, or the last item of a stream.
        HubCall call = invocationContext.ServiceProvider.GetRequiredService<HubCall>();
        if (!call.TryBegin(invocationContext)) { throw new HubException("This instance is leaving; the call was not begun. Connect again and repeat it."); }

        try { return await next(invocationContext); }
        finally { call.OnReturned(); }
    }

    /// <summary>Has the connection told when its turn comes: in place of its request's own good-bye, or, where requests come and go (long
    /// polling), by itself.</summary>
    private void Join(TrackedHub hub, HubCallerContext connection)
    {
        if (HttpContextOf(connection) is { } context && TrackedRequest.Of(context)?.LongLived is { } request)
        {
            hub.Join(request, isOwn: false);
            requests.LongLived.HoldDrain(request);
            return;
        }

        var own = new LongLivedRequest(requests.LongLived, LongLivedEnd.Goodbye);
        CancellationToken closed = connection.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? default;
        hub.Join(own, isOwn: !closed.CanBeCanceled);
        requests.LongLived.Add(own);
        requests.LongLived.HoldDrain(own);

        // Later than OnDisconnectedAsync: a client that polls has yet to come for the close message.
        closed.UnsafeRegister(static ended => ((LongLivedRequest)ended!).End(), own);
    }

    private static bool EndsByItself(HubCallerContext connection) =>
        HttpContextOf(connection) is { } context && TrackedRequest.EndOf(context) == LongLivedEnd.Finish;

    private static HttpContext? HttpContextOf(HubCallerContext connection) => connection.Features.Get<IHttpContextFeature>()?.HttpContext;
}
