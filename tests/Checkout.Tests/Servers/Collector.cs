using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Checkout.Tests.Servers;

/// <summary>A collector that takes everything and remembers the text in it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly StringBuilder _received = new();

    private Collector(WebApplication app) => _app = app;

    public string Received
    {
        get { lock (_lock) { return _received.ToString(); } }
    }

    /// <summary>Gets what the environment of whoever sends says.</summary>
    public (string Name, string Value)[] Environment =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    public static async Task<Collector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        Collector collector = new(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Names are text inside the protocol's bytes.
    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        lock (_lock) { _received.Append(context.Request.Path).Append(Encoding.Latin1.GetString(body.ToArray())); }
        context.Response.ContentType = "application/x-protobuf";
    }
}
