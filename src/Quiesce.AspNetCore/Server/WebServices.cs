using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Listeners;
using Quiesce.AspNetCore.Requests;
using Quiesce.Hosting.Lifetime;
using Quiesce.Hosting.Registration;

namespace Quiesce.AspNetCore.Server;

/// <summary>What the web half registers.</summary>
internal static class WebServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ListenerSet>();
        services.AddSingleton<ListenSockets>();
        services.AddSingleton<IPostConfigureOptions<SocketTransportOptions>>(static provider => provider.GetRequiredService<ListenSockets>());
        services.AddSingleton<RequestTracker>();
        services.AddSingleton<WebServerParticipant>();
        services.AddSingleton<ParticipantRegistration>(new ServiceRegistration<WebServerParticipant>());
        services.AddSingleton<IPassiveReason, TestServerIsPassive>();
        services.AddSingleton<IStartupRule, TransportsAreDecorated>();
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, RequestTrackingFilter>());
        ListenerDecoration.Apply(services);
    }
}
