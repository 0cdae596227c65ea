using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>Knows the requests of which a hub connection is made: polls, and what the client sends beside an event stream.</summary>
internal static class HubRequest
{
    /// <summary>Returns whether more requests belong to the same hub connection. Their TCP connection is not told to close: after the close the client could
    /// not open another one, and would miss SignalR's own close message.</summary>
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata is { } metadata
        && metadata.GetMetadata<HubMetadata>() is not null && metadata.GetMetadata<NegotiateMetadata>() is null;
}
