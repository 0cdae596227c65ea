using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce.Hosting.Configuration;
using Quiesce.Hosting.Lifetime;
using Quiesce.Hosting.Registration;

namespace Quiesce;

/// <summary>Switches graceful shutdown on for a Generic Host.</summary>
public static class GracefulShutdownHostingExtensions
{
    /// <summary>Makes this host leave gracefully: on a signal, on <see cref="GracefulShutdown.Request(string)"/>, or when it is stopped.</summary>
    /// <remarks>
    /// Options come from the configuration section <c>GracefulShutdown</c>; the environment variable <c>QUIESCE_GRACE_PERIOD</c> wins over
    /// its <c>GracePeriod</c>. Nothing about the process changes before the host starts, so a host that is built and never run is left alone.
    /// Call it after every other registration of an <see cref="IHostLifetime"/>: such a lifetime is decorated.
    /// </remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Sets options in code, after configuration was read.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ShutdownConfigurationException">It was called before. Other mistakes are thrown when the host starts, all at once.</exception>
    public static IHostApplicationBuilder AddGracefulShutdown(
        this IHostApplicationBuilder builder, Action<GracefulShutdownOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ShutdownServices.Add(builder.Services, configure);
        return builder;
    }

    /// <summary>Makes a host leave gracefully that an <see cref="IHostBuilder"/> builds, as <c>Host.CreateDefaultBuilder</c> returns one.</summary>
    /// <remarks>As <see cref="AddGracefulShutdown(IHostApplicationBuilder, Action{GracefulShutdownOptions}?)"/>. For a web application call
    /// AddGracefulShutdown of the package Quiesce.AspNetCore inside <c>ConfigureWebHostDefaults</c> instead.</remarks>
    /// <param name="builder">The host's builder.</param>
    /// <returns>The builder.</returns>
    public static IHostBuilder AddGracefulShutdown(this IHostBuilder builder) => builder.AddGracefulShutdown(static _ => { });

    /// <summary>Makes a host leave gracefully that an <see cref="IHostBuilder"/> builds, with options set in code.</summary>
    /// <remarks>As <see cref="AddGracefulShutdown(IHostBuilder)"/>. That it was called twice is thrown when the host is built.</remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Sets options in code, after configuration was read.</param>
    /// <returns>The builder.</returns>
    public static IHostBuilder AddGracefulShutdown(this IHostBuilder builder, Action<GracefulShutdownOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.ConfigureServices(services => ShutdownServices.Add(services, configure));
    }

    /// <summary>Adds a callback to one phase of the shutdown.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">For people and for relations. One name may have a hook in each phase; they are one participant.</param>
    /// <param name="phase">StopAccepting, Drain, Release or Exit. In Exit the callback runs when the report was published, beside the other hooks of Exit: for
    /// what flushes or closes a log or telemetry. See <see cref="GracefulShutdown.OnExit(string, Func{CancellationToken, Task})"/>.</param>
    /// <param name="callback">The callback. Its token is cancelled shortly before the hook is given up.</param>
    /// <param name="uses">Names of participants this one uses: it drains before them and is released before them. None in Exit.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hook cannot run in <paramref name="phase"/>.</exception>
    /// <exception cref="ArgumentException">A hook in Exit uses something: there is no order there.</exception>
    /// <exception cref="ShutdownConfigurationException"><paramref name="name"/> is blank, or stands for all participants or for none.</exception>
    public static IServiceCollection AddShutdownHook(
        this IServiceCollection services,
        string name,
        ShutdownPhase phase,
        Func<IServiceProvider, CancellationToken, Task> callback,
        params string[] uses)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<ParticipantRegistration>(new HookRegistration(name, phase, callback, limit: null, uses));
    }

    /// <summary>Adds a callback with a limit of its own to one phase of the shutdown.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">For people and for relations. One name may have a hook in each phase; they are one participant.</param>
    /// <param name="phase">StopAccepting, Drain or Release; in Exit nothing has a limit of its own.</param>
    /// <param name="callback">The callback. Its token is cancelled shortly before the hook is given up.</param>
    /// <param name="limit">How long it may take, more than zero; see <see cref="IShutdownParticipant.LimitOf"/>. Limits that do not fit are
    /// refused at start-up.</param>
    /// <param name="uses">Names of participants this one uses: it drains before them and is released before them.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hook cannot run in <paramref name="phase"/>, or <paramref name="limit"/> is not more than
    /// zero.</exception>
    /// <exception cref="ArgumentException"><paramref name="phase"/> is Exit.</exception>
    /// <exception cref="ShutdownConfigurationException"><paramref name="name"/> is blank, or stands for all participants or for none.</exception>
    public static IServiceCollection AddShutdownHook(
        this IServiceCollection services,
        string name,
        ShutdownPhase phase,
        Func<IServiceProvider, CancellationToken, Task> callback,
        TimeSpan limit,
        params string[] uses)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<ParticipantRegistration>(new HookRegistration(name, phase, callback, limit, uses));
    }

    /// <summary>Adds a participant that is a singleton service. Hosted services that are participants are found by themselves.</summary>
    /// <typeparam name="TParticipant">The service's type; it is registered as a singleton if it is not registered yet.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddShutdownParticipant<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TParticipant>(
        this IServiceCollection services)
        where TParticipant : class, IShutdownParticipant
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(static descriptor => descriptor.ServiceType == typeof(TParticipant))) { services.AddSingleton<TParticipant>(); }

        return services.AddSingleton<ParticipantRegistration>(new ServiceRegistration<TParticipant>());
    }

    /// <summary>Stops a hosted service at the signal that somebody else has written and that takes work from outside: a message bus, a scheduler. Else the host
    /// stops it after the drain, and it takes new work all that time.</summary>
    /// <remarks>Its stop is begun at the signal, awaited in Drain, and not repeated when the host stops. Its token fires at the drain's deadline.</remarks>
    /// <typeparam name="TService">The service's type, as it was registered. Call this after the registration.</typeparam>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ShutdownConfigurationException">No hosted service is registered with this type.</exception>
    public static IServiceCollection StopAtClose<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(
        this IServiceCollection services)
        where TService : class, IHostedService
    {
        ArgumentNullException.ThrowIfNull(services);
        for (int index = 0; index < services.Count; index++)
        {
            if (services[index] is { IsKeyedService: false, ImplementationType: { } type } descriptor
                && descriptor.ServiceType == typeof(IHostedService) && type == typeof(TService))
            {
                services[index] = ServiceDescriptor.Singleton<IHostedService>(static provider =>
                    new StopsAtClose(ActivatorUtilities.CreateInstance<TService>(provider), typeof(TService).Name));
                return services;
            }
        }

        throw new ShutdownConfigurationException(
            [$"StopAtClose found no hosted service '{typeof(TService).Name}' that is registered by its type. Call it after the registration; for one that a factory makes, implement IShutdownParticipant."]);
    }

    /// <summary>Runs the host until it is stopped, disposes it, and returns the exit code.</summary>
    /// <remarks>A hung <c>StopAsync</c> of the host does not hold this up: it is given up at its limit and the host is disposed.</remarks>
    /// <param name="host">A host whose builder had <see cref="AddGracefulShutdown(IHostApplicationBuilder, Action{GracefulShutdownOptions}?)"/>.</param>
    /// <returns>The exit code, see <see cref="ShutdownExitCode"/>; return it from <c>Main</c>. Mistakes in the configuration are written to
    /// standard error and returned as <see cref="ShutdownExitCode.StartupAborted"/>.</returns>
    /// <exception cref="InvalidOperationException">The host's builder did not have <see cref="AddGracefulShutdown(IHostApplicationBuilder, Action{GracefulShutdownOptions}?)"/>.</exception>
    public static Task<int> RunGracefullyAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new HostRun(host).RunAsync();
    }
}
