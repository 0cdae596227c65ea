using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>What SignalR finds when an application uses it, before or after <c>AddGracefulShutdown</c>. It is a part of ASP.NET Core: no package is needed.</summary>
/// <remarks>Nothing here may mention a type of SignalR's, or have one in its signature: that would load two assemblies into every service, most of
/// which have no hub, and half a megabyte with them.</remarks>
internal static class HubServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<HubCall>();
        services.AddSingleton<IBuildStep>(provider => new HubsAreFollowed(provider, services));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, NegotiationPolicy>());
    }
}
