using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>What SignalR finds when an application uses it, before or after <c>AddGracefulShutdown</c>. It is a part of ASP.NET Core: no package is needed.</summary>
internal static class HubServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<HubFilter>();
        services.AddScoped<HubCall>();
        services.AddOptions<HubOptions>().Configure<HubFilter>(static (options, filter) => options.AddFilter(filter));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, NegotiationPolicy>());
    }
}
