using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Quiesce.Measurements.Requests;

/// <summary>The smallest service there is, on Kestrel, and one client that keeps its connection. No network is between them.</summary>
internal sealed class InProcessService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly IDuplexPipe _client;

    private InProcessService(WebApplication application, IDuplexPipe client) => (_application, _client) = (application, client);

    public static async Task<InProcessService> StartAsync(Counting counting)
    {
        var transport = new InMemoryTransport();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 80)); // nothing is bound: the transport is ours
        builder.Services.AddSingleton<IConnectionListenerFactory>(transport);
        if (counting == Counting.ByQuiesce) { builder.AddGracefulShutdown(); }

        WebApplication application = builder.Build();
        if (counting == Counting.ByCallsAlone) { application.Use(static next => new CallsAlone(next).InvokeAsync); }

        application.MapGet("/", static context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await application.StartAsync();
        return new InProcessService(application, transport.Connect());
    }

    /// <summary>Sends <c>GET /</c> and reads the answer, all of it on this thread; only the first ones, before the server has begun to wait for them, may be
    /// handled on another.</summary>
    /// <returns>Whether it was what it should be.</returns>
    public bool Send()
    {
        _client.Output.Write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
        ValueTask<FlushResult> sent = _client.Output.FlushAsync();
        if (!sent.IsCompletedSuccessfully) { throw new InvalidOperationException("The server does not read."); }

        if (!_client.Input.TryRead(out ReadResult answer)) { answer = _client.Input.ReadAsync().AsTask().GetAwaiter().GetResult(); }

        bool isIt = answer.Buffer.FirstSpan.StartsWith("HTTP/1.1 204"u8) && answer.Buffer.FirstSpan.EndsWith("\r\n\r\n"u8);
        _client.Input.AdvanceTo(answer.Buffer.End);
        return isIt;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.Output.CompleteAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
