using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Checkout.Telemetry;

internal static class TelemetryRegistration
{
    // Everybody who takes part in an order, and the shutdown itself; none of them needs a package of its own for that.
    private static readonly string[] _sources =
        ["Microsoft.AspNetCore", "Npgsql", "RabbitMQ.Client.Publisher", "RabbitMQ.Client.Subscriber", "Quiesce"];

    /// <summary>Whether the environment names a collector (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>). Without one, nothing is collected.</summary>
    public static bool HasCollector(this IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    /// <summary>Sends traces and metrics to the collector. What was collected last waits in a queue: somebody must look after it at the stop.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, Role role) => builder.Services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(role == Role.Web ? "checkout-web" : "checkout-worker"))
        .WithTracing(static tracing => tracing.AddSource(_sources).AddOtlpExporter())
        .WithMetrics(static metrics => metrics.AddMeter("Microsoft.AspNetCore.Hosting", "Npgsql", "Quiesce").AddOtlpExporter());
}
