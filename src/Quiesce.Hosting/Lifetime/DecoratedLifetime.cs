using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Quiesce.Hosting.Lifetime;

/// <summary>The lifetime that was registered before ours, such as systemd's or a Windows service's.</summary>
/// <remarks>
/// It goes on telling its service manager that the service is up, and it may ask for a stop; but it asks
/// <see cref="StopRequestLifetime"/>, so that the stop becomes a graceful one. The console's own lifetime has nothing to keep, and
/// systemd's says what <see cref="ServiceNotifier"/> says at the right moment: both are replaced.
/// </remarks>
internal static class DecoratedLifetime
{
    /// <summary>By name: whoever uses it has the package, we do not need it. It would say STOPPING late, after the drain, and a second time.</summary>
    private const string SystemdLifetime = "Microsoft.Extensions.Hosting.Systemd.SystemdLifetime";

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The container itself would create the type from the same descriptor, which keeps its constructors.")]
    public static IHostLifetime? Create(ServiceDescriptor? descriptor, IServiceProvider services)
    {
        if (descriptor is null || HasNothingToKeep(descriptor.ImplementationType)) { return null; }

        if (descriptor.ImplementationType is not { } type)
        {
            return (IHostLifetime?)(descriptor.ImplementationInstance ?? descriptor.ImplementationFactory?.Invoke(services));
        }

        return TakesApplicationLifetime(type)
            ? (IHostLifetime)ActivatorUtilities.CreateInstance(services, type, ActivatorUtilities.CreateInstance<StopRequestLifetime>(services))
            : (IHostLifetime)ActivatorUtilities.CreateInstance(services, type);
    }

    private static bool HasNothingToKeep(Type? type) => type == typeof(ConsoleLifetime) || type?.FullName == SystemdLifetime;

    private static bool TakesApplicationLifetime(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type) =>
        Array.Exists(type.GetConstructors(), static constructor =>
            Array.Exists(constructor.GetParameters(), static parameter => parameter.ParameterType == typeof(IHostApplicationLifetime)));
}
