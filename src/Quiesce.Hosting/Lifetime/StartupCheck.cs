using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Lifetime;

/// <summary>Refuses to start a host in which graceful shutdown would silently not work.</summary>
/// <remarks>A hosted service and not the lifetime itself: a lifetime that was displaced is never called.</remarks>
internal sealed class StartupCheck(IServiceProvider services, IServiceCollection registrations) : IHostedLifecycleService
{
    private const string ServerType = "Microsoft.AspNetCore.Hosting.Server.IServer";

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        List<string> mistakes = [.. services.GetServices<IStartupRule>().SelectMany(static rule => rule.Check())];
        IHostLifetime lifetime = services.GetRequiredService<IHostLifetime>();
        if (lifetime is not GracefulHostLifetime)
        {
            mistakes.Add($"'{lifetime.GetType()}' was registered as IHostLifetime after AddGracefulShutdown and displaced it. Call AddGracefulShutdown after it.");
        }

        bool hasServer = registrations.Any(static descriptor => descriptor.ServiceType.FullName == ServerType);
        bool hasWebHalf = registrations.Any(static descriptor => descriptor.ServiceType == typeof(IStartupRule));
        if (hasServer && !hasWebHalf)
        {
            mistakes.Add("There is a web server, but only the package Quiesce.Hosting is in use: requests would be cut off. " +
                "Reference Quiesce.AspNetCore and call AddGracefulShutdown on the WebApplicationBuilder.");
        }

        return mistakes.Count == 0 ? Task.CompletedTask : Task.FromException(new ShutdownConfigurationException(mistakes));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
