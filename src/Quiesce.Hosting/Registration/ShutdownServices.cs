using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quiesce.Hosting.Configuration;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.Hosting.Registration;

/// <summary>What one call of AddGracefulShutdown registers.</summary>
internal static class ShutdownServices
{
    public static void Add(IServiceCollection services, Action<GracefulShutdownOptions>? configure)
    {
        if (services.Any(static descriptor => descriptor.ServiceType == typeof(GracefulShutdown)))
        {
            throw new ShutdownConfigurationException(["AddGracefulShutdown was called twice for one host. Remove one of the calls."]);
        }

        services.AddSingleton<ConfigurationMistakes>();
        services.AddOptions<GracefulShutdownOptions>().Configure<IConfiguration, ConfigurationMistakes>(
            static (options, configuration, mistakes) => mistakes.Add(OptionsReader.Read(configuration, options)));
        if (configure is not null) { services.Configure(configure); }

        services.TryAddSingleton(ProcessOwner.Current);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BudgetFactory>();
        services.AddSingleton(static provider => new ShutdownCoordinator(
            provider.GetRequiredService<BudgetFactory>().Budget,
            new ParticipantRegistry(),
            provider.GetRequiredService<TimeProvider>(),
            Logger(provider)));
        services.AddSingleton(static provider => new ProcessShutdown(
            provider.GetRequiredService<ShutdownCoordinator>(),
            provider.GetRequiredService<ProcessOwner>(),
            Logger(provider),
            provider.GetRequiredService<BudgetFactory>().Options.AlwaysExitZero)
        {
            Signals = provider.GetRequiredService<BudgetFactory>().Options.Signals,
            ReportFiles = provider.GetRequiredService<BudgetFactory>().ReportFiles,
        });
        services.AddSingleton(static provider => provider.GetRequiredService<ProcessShutdown>().Shutdown);
        services.AddSingleton<HostParticipant>();
        services.AddSingleton<HostParticipants>();
        AddLifetime(services);
    }

    public static ILogger Logger(IServiceProvider provider) => provider.GetRequiredService<ILoggerFactory>().CreateLogger("Quiesce");

    private static void AddLifetime(IServiceCollection services)
    {
        ServiceDescriptor? previous = services.LastOrDefault(static descriptor => descriptor.ServiceType == typeof(IHostLifetime));
        services.AddSingleton<IHostLifetime>(provider =>
        {
            // The lifetime is among the first services that a host is made of.
            foreach (IBuildStep step in provider.GetServices<IBuildStep>()) { step.Run(); }

            return new GracefulHostLifetime(provider, DecoratedLifetime.Create(previous, provider));
        });
        services.AddSingleton(provider => new StartupCheck(provider, services));
        services.AddHostedService(static provider => provider.GetRequiredService<StartupCheck>());
    }
}
