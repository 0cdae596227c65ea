using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Replaces each registered transport by a decorated one, in its place: the order of registration decides which one binds.</summary>
internal static class ListenerDecoration
{
    public static void Apply(IServiceCollection services)
    {
        for (int i = 0; i < services.Count; i++)
        {
            if (services[i].ServiceType == typeof(IConnectionListenerFactory)) { services[i] = Decorate(services[i]); }
        }
    }

    private static ServiceDescriptor Decorate(ServiceDescriptor descriptor) => new(
        typeof(IConnectionListenerFactory),
        services => new ClosableListenerFactory(
            Create(descriptor, services),
            services.GetRequiredService<ListenerSet>(),
            services.GetRequiredService<ListenSockets>(),
            services.GetRequiredService<ManagementEndpoints>(),
            services.GetRequiredService<ConnectionSet>()),
        descriptor.Lifetime);

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The container itself would create the type from the same descriptor, which keeps its constructors.")]
    private static IConnectionListenerFactory Create(ServiceDescriptor descriptor, IServiceProvider services) => (IConnectionListenerFactory)(
        descriptor.ImplementationInstance
        ?? descriptor.ImplementationFactory?.Invoke(services)
        ?? ActivatorUtilities.CreateInstance(services, descriptor.ImplementationType!));
}
