using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.LongLived;

/// <summary>Tells the requests without a natural end from the others.</summary>
internal static class LongLivedKind
{
    /// <summary>Returns whether the client asks for a connection of another kind. Asked of every request: allocates nothing.</summary>
    public static bool IsUpgrade(HttpContext context) => HttpProtocol.IsHttp11(context.Request.Protocol)
        ? context.Features[typeof(IHttpUpgradeFeature)] is IHttpUpgradeFeature { IsUpgradableRequest: true }
        : HttpMethods.IsConnect(context.Request.Method) && IsTunnel(context);

    /// <summary>Stands between the server and whoever will accept a WebSocket.</summary>
    public static void Follow(HttpContext context, TrackedRequest request)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            if (IsWebSocket(connect.Protocol)) { context.Features.Set<IHttpExtendedConnectFeature>(new WebSocketConnect(connect, request)); }
        }
        else if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade && IsWebSocket(context.Request.Headers.Upgrade))
        {
            context.Features.Set<IHttpUpgradeFeature>(new WebSocketUpgrade(upgrade, request));
        }
    }

    /// <summary>Returns whether the response that is about to begin is a stream that ends when the service leaves.</summary>
    /// <param name="context">The request.</param>
    /// <param name="asked">Whether the client asked for a connection of another kind.</param>
    public static bool Is(HttpContext context, bool asked) =>
        (context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols || (asked && IsAcceptedTunnel(context)) || IsEventStream(context))
        && TrackedRequest.EndOf(context) != LongLivedEnd.Finish;

    /// <summary>A WebSocket over HTTP/2 begins with an extended CONNECT and 200 (RFC 8441), not with 101.</summary>
    private static bool IsAcceptedTunnel(HttpContext context) =>
        HttpMethods.IsConnect(context.Request.Method) && context.Response.StatusCode == StatusCodes.Status200OK && IsTunnel(context);

    private static bool IsTunnel(HttpContext context) => context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static bool IsEventStream(HttpContext context) =>
        context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsWebSocket(string? protocol) => string.Equals(protocol, "websocket", StringComparison.OrdinalIgnoreCase);
}
