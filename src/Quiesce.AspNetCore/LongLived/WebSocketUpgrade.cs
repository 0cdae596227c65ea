using Microsoft.AspNetCore.Http.Features;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.LongLived;

/// <summary>The upgrade of an HTTP/1.1 connection to a WebSocket.</summary>
internal sealed class WebSocketUpgrade(IHttpUpgradeFeature inner, TrackedRequest request) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync()
    {
        var stream = new WebSocketStream(await inner.UpgradeAsync());
        request.LongLived?.Speaks(stream);
        return stream;
    }
}
