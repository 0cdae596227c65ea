using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Checkout.Roles;

/// <summary><c>--http2-port PORT</c>: HTTP/2 without TLS, for clients that know it (h2c, prior knowledge).</summary>
internal static class Http2Listener
{
    /// <summary>Adds a listener beside those of <c>--urls</c>. It is one of its own: without TLS, which would tell, a connection to a listener of both
    /// versions is taken for HTTP/1.1.</summary>
    public static void AddHttp2Listener(this WebApplicationBuilder builder, int port)
    {
        string others = builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? "http://localhost:5000";
        builder.WebHost.UseUrls(others, $"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listener =>
        {
            if (listener.IPEndPoint?.Port == port) { listener.Protocols = HttpProtocols.Http2; }
        }));
    }
}
