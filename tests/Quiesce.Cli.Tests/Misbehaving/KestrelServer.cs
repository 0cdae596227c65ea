using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Endpoint = Quiesce.Cli.Rehearse.Balancers.Endpoint;

namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>A real server, with a listener of HTTP/1.1 and one of HTTP/2 on free ports of loopback.</summary>
internal sealed class KestrelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelServer(WebApplication app, int instance)
    {
        _app = app;
        int[] ports = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new Uri(address).Port)];
        Endpoint = new Endpoint(instance, new IPEndPoint(IPAddress.Loopback, ports[0])) { Http2Port = ports[1] };
    }

    public Endpoint Endpoint { get; }

    /// <summary>Gets the versions in which requests came so far.</summary>
    public ConcurrentQueue<string> Protocols { get; private init; } = [];

    /// <param name="answer">What it does with each request.</param>
    /// <param name="instance">Its number.</param>
    public static async Task<KestrelServer> StartAsync(RequestDelegate answer, int instance = 1)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, static listener => listener.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, static listener => listener.Protocols = HttpProtocols.Http2);
        });
        ConcurrentQueue<string> protocols = [];
        WebApplication app = builder.Build();
        app.Run(context =>
        {
            protocols.Enqueue(context.Request.Protocol);
            return answer(context);
        });
        await app.StartAsync();
        return new KestrelServer(app, instance) { Protocols = protocols };
    }

    /// <summary>Leaves as Kestrel does: GOAWAY, then what is in flight.</summary>
    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
