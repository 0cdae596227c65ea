using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Requests;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>Puts the filter into SignalR's options, if the application uses SignalR at all.</summary>
/// <remarks>Not by registering that it configures them: a registration names their type. A hub copies the filters when it is mapped, which is after the build.</remarks>
internal sealed class HubsAreFollowed(IServiceProvider services, IServiceCollection registrations) : IBuildStep
{
    public void Run()
    {
        // By its name, because the type itself would bring its assembly along; and of few, because the runtime makes something for each type that is
        // asked for its name.
        bool isUsed = registrations.Any(static descriptor =>
            descriptor.ServiceType is { IsGenericTypeDefinition: true, FullName: "Microsoft.AspNetCore.SignalR.HubLifetimeManager`1" });
        if (isUsed) { Follow(); }
    }

    private void Follow() =>
        services.GetRequiredService<IOptions<HubOptions>>().Value.AddFilter(new HubFilter(services.GetRequiredService<RequestTracker>()));
}
