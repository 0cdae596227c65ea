using Microsoft.AspNetCore.Http.Features;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.LongLived;

/// <summary>A WebSocket in a stream of HTTP/2 or 3 (RFC 8441).</summary>
internal sealed class WebSocketConnect(IHttpExtendedConnectFeature inner, TrackedRequest request) : IHttpExtendedConnectFeature
{
    public bool IsExtendedConnect => inner.IsExtendedConnect;

    public string? Protocol => inner.Protocol;

    public async ValueTask<Stream> AcceptAsync()
    {
        var stream = new WebSocketStream(await inner.AcceptAsync());
        request.LongLived?.Speaks(stream);
        return stream;
    }
}
