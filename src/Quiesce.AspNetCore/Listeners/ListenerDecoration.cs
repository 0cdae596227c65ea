using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Replaces each registered transport by a decorated one, in its place: the order of registration decides which one binds.</summary>
internal static class ListenerDecoration
{
    public static void Apply(IServiceCollection services)
    {
        for (int i = 0; i < services.Count; i++)
        {
            ServiceDescriptor transport = services[i];
            if (transport.ServiceType == typeof(IConnectionListenerFactory)) { services[i] = Decorate<IConnectionListenerFactory>(transport, Closable); }
            else if (transport.ServiceType == typeof(IMultiplexedConnectionListenerFactory)) { services[i] = Decorate<IMultiplexedConnectionListenerFactory>(transport, Closable); }
        }
    }

    /// <summary>A transport that does not say binds everything, as Kestrel has it.</summary>
    public static bool CanBind(object transport, EndPoint endpoint) => transport is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

    private static ClosableListenerFactory Closable(IConnectionListenerFactory transport, IServiceProvider services) => new(
        transport,
        services.GetRequiredService<ListenerSet>(),
        services.GetRequiredService<ListenSockets>(),
        services.GetRequiredService<ManagementEndpoints>(),
        services.GetRequiredService<ConnectionSet>());

    private static ClosableMultiplexedListenerFactory Closable(IMultiplexedConnectionListenerFactory transport, IServiceProvider services) => new(
        transport,
        services.GetRequiredService<ListenerSet>(),
        services.GetRequiredService<ManagementEndpoints>(),
        services.GetRequiredService<ILoggerFactory>());

    private static ServiceDescriptor Decorate<TTransport>(ServiceDescriptor descriptor, Func<TTransport, IServiceProvider, TTransport> decorate)
        where TTransport : class =>
        new(typeof(TTransport), services => decorate(Create<TTransport>(descriptor, services), services), descriptor.Lifetime);

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The container itself would create the type from the same descriptor, which keeps its constructors.")]
    private static TTransport Create<TTransport>(ServiceDescriptor descriptor, IServiceProvider services) => (TTransport)(
        descriptor.ImplementationInstance
        ?? descriptor.ImplementationFactory?.Invoke(services)
        ?? ActivatorUtilities.CreateInstance(services, descriptor.ImplementationType!));
}
