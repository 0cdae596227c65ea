using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Quiesce.OpenTelemetry;

namespace Quiesce;

/// <summary>Adds OpenTelemetry to a shutdown.</summary>
public static class GracefulShutdownOpenTelemetryExtensions
{
    private static readonly Type[] _kinds = [typeof(TracerProvider), typeof(MeterProvider), typeof(LoggerProvider)];

    /// <summary>Shuts the providers of a container down in Exit, side by side, when the trace, the metrics and the log of the shutdown are in them.</summary>
    /// <remarks>As <see cref="ShutDownOpenTelemetryLast(GracefulShutdown, BaseProvider, string?)"/>, for each of traces, metrics and logs that the container has.
    /// Call it before the host starts: it creates them.</remarks>
    /// <param name="shutdown">The shutdown.</param>
    /// <param name="services">The container.</param>
    /// <exception cref="InvalidOperationException">The container has no provider.</exception>
    /// <exception cref="ShutdownConfigurationException">It was called twice for one shutdown.</exception>
    public static void ShutDownOpenTelemetryLast(this GracefulShutdown shutdown, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(shutdown);
        ArgumentNullException.ThrowIfNull(services);
        BaseProvider[] providers = [.. _kinds.Select(services.GetService).OfType<BaseProvider>()];
        if (providers.Length == 0)
        {
            throw new InvalidOperationException("The container has no provider of OpenTelemetry's. Call services.AddOpenTelemetry() with tracing, metrics or logging.");
        }

        foreach (BaseProvider provider in providers) { shutdown.ShutDownOpenTelemetryLast(provider); }
    }

    /// <summary>Shuts a provider down in Exit, when the trace, the metrics and the log of the shutdown are in it: it exports everything and then ends.</summary>
    /// <remarks>Bounded by the share of the hooks of Exit, see <see cref="GracefulShutdown.OnExit(string, Func{CancellationToken, Task})"/>. A collector that does not
    /// take everything by then is left behind; the report's files, standard error and the exit code say so. The provider's disposal, later, does not wait for
    /// it a second time.</remarks>
    /// <param name="shutdown">The shutdown.</param>
    /// <param name="provider">A provider of OpenTelemetry's SDK, for traces, metrics or logs.</param>
    /// <param name="name">The hook's name, for people; <see langword="null"/> for <c>opentelemetry traces</c>, <c>opentelemetry metrics</c> or
    /// <c>opentelemetry logs</c>.</param>
    /// <exception cref="ArgumentException">It is none of these providers.</exception>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public static void ShutDownOpenTelemetryLast(this GracefulShutdown shutdown, BaseProvider provider, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(shutdown);
        ArgumentNullException.ThrowIfNull(provider);
        var last = new ProviderShutdown(provider);
        shutdown.OnExit(name ?? $"opentelemetry {last.Kind}", last.RunAsync);
    }
}
