using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Quiesce.Benchmarks.Requests;

/// <summary>A server without a network: takes one request after the other from its caller, on the caller's thread.</summary>
/// <remarks>It allocates nothing of its own per request, so that what is allocated is the application's.</remarks>
internal sealed class InProcessServer : IServer
{
    private Func<Task> _send = static () => Task.CompletedTask;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        var request = new InProcessRequest<TContext>();
        _send = () => SendAsync(application, request);
        return Task.CompletedTask;
    }

    /// <summary>Has the application answer <c>GET /</c>.</summary>
    public Task SendAsync() => _send();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private static async Task SendAsync<TContext>(IHttpApplication<TContext> application, InProcessRequest<TContext> request)
        where TContext : notnull
    {
        request.Reset();
        TContext context = application.CreateContext(request);
        await application.ProcessRequestAsync(context);
        await request.CompleteAsync();
        application.DisposeContext(context, null);
    }
}
