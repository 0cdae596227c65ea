using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce.Hosting.Configuration;
using Quiesce.Hosting.Registration;

namespace Quiesce.Hosting.Lifetime;

/// <summary>Refuses to start a host in which graceful shutdown would not work, with all mistakes at once.</summary>
/// <remarks>The lifetime asks it, before the host has logged anything. It is a hosted service too, because a lifetime that was
/// displaced is never called.</remarks>
internal sealed class StartupCheck(IServiceProvider services, IServiceCollection registrations) : IHostedLifecycleService
{
    private const string ServerType = "Microsoft.AspNetCore.Hosting.Server.IServer";

    private bool _passed; // Used by the one flow that starts the host.

    /// <summary>Gathers the participants and looks at everything that can be wrong. Does nothing once it has passed.</summary>
    /// <exception cref="ShutdownConfigurationException">The host must not start.</exception>
    public void Run()
    {
        if (_passed || DesignTimeTool.Replaced(services.GetRequiredService<IHostLifetime>())) { return; }

        List<string> mistakes = [.. services.GetRequiredService<BudgetFactory>().Mistakes];
        foreach (IStartupRule rule in services.GetServices<IStartupRule>()) { mistakes.AddRange(rule.Check()); }

        CheckLifetime(mistakes);
        CheckServer(mistakes);
        mistakes.AddRange(services.GetRequiredService<HostParticipants>().Join());
        if (mistakes.Count > 0) { throw new ShutdownConfigurationException(mistakes); }

        _passed = true;
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Run();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void CheckLifetime(List<string> mistakes)
    {
        IHostLifetime lifetime = services.GetRequiredService<IHostLifetime>();
        if (lifetime is not GracefulHostLifetime)
        {
            mistakes.Add($"'{lifetime.GetType()}' was registered as IHostLifetime after AddGracefulShutdown and displaced it. Call AddGracefulShutdown after it.");
        }
    }

    private void CheckServer(List<string> mistakes)
    {
        // The web half first: the runtime makes and keeps something for each type that is asked for its name.
        bool hasWebHalf = registrations.Any(static descriptor => descriptor.ServiceType == typeof(IStartupRule));
        if (!hasWebHalf && registrations.Any(static descriptor => descriptor.ServiceType.FullName == ServerType))
        {
            mistakes.Add("There is a web server, but only the package Quiesce.Hosting is in use: requests would be cut off. " +
                "Reference Quiesce.AspNetCore and call AddGracefulShutdown on the WebApplicationBuilder, or inside ConfigureWebHostDefaults.");
        }
    }
}
