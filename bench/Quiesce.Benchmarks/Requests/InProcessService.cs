using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Quiesce.Benchmarks.Requests;

/// <summary>The smallest service there is, with or without Quiesce, on a server without a network.</summary>
internal sealed class InProcessService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly InProcessServer _server;

    private InProcessService(WebApplication application, InProcessServer server) => (_application, _server) = (application, server);

    public static async Task<InProcessService> StartAsync(bool withQuiesce)
    {
        var server = new InProcessServer();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (withQuiesce) { builder.AddGracefulShutdown(); }

        builder.Services.AddSingleton<IServer>(server);
        WebApplication application = builder.Build();
        application.Run(static context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await application.StartAsync();
        return new InProcessService(application, server);
    }

    public Task SendAsync() => _server.SendAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
