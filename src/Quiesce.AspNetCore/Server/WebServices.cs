using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Announcing;
using Quiesce.AspNetCore.Connections;
using Quiesce.AspNetCore.Health;
using Quiesce.AspNetCore.Hubs;
using Quiesce.AspNetCore.Listeners;
using Quiesce.AspNetCore.Requests;
using Quiesce.Hosting.Lifetime;
using Quiesce.Hosting.Registration;

namespace Quiesce.AspNetCore.Server;

/// <summary>What the web half registers.</summary>
internal static class WebServices
{
    /// <summary>For a builder that is only the web's: the host's half comes along.</summary>
    /// <exception cref="ShutdownConfigurationException">It was called before, or the builder is the old one without a host.</exception>
    public static void AddBothHalves(IServiceCollection services, Action<GracefulShutdownOptions> configure)
    {
        if (!services.Any(static descriptor => descriptor.ServiceType == typeof(IHostLifetime)))
        {
            throw new ShutdownConfigurationException([
                "This web host is not part of a Generic Host, whose lifetime a graceful shutdown needs. " +
                "Use WebApplication.CreateBuilder, or Host.CreateDefaultBuilder with ConfigureWebHostDefaults, instead of WebHost."]);
        }

        ShutdownServices.Add(services, configure);
        Add(services);
    }

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ListenerSet>();
        services.AddSingleton<ListenSockets>();
        services.AddSingleton<ManagementEndpoints>();
        services.AddSingleton<ConnectionSet>();
        services.AddSingleton<ReadinessChecks>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Announce>();
        services.AddSingleton<IPostConfigureOptions<SocketTransportOptions>>(static provider => provider.GetRequiredService<ListenSockets>());
        services.AddSingleton<RequestTracker>();
        services.AddSingleton<WebServerParticipant>();
        services.AddSingleton<ParticipantRegistration>(new ServiceRegistration<WebServerParticipant>());
        services.AddSingleton<IPassiveReason, TestServerIsPassive>();
        services.AddSingleton<IStartupRule, TransportsAreDecorated>();
        services.AddSingleton<IStartupRule, PreStopIsNotDoubled>();
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, RequestTrackingFilter>());
        HubServices.Add(services);
        ListenerDecoration.Apply(services);
    }
}
