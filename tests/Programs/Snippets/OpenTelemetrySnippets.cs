using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Quiesce;

namespace Snippets;

/// <summary>docs/adapters/opentelemetry.md and docs/metrics.md.</summary>
internal static class OpenTelemetrySnippets
{
    public static void Hosted(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithTracing(static tracing => tracing.AddSource("Quiesce").AddOtlpExporter())
            .WithMetrics(static metrics => metrics.AddMeter("Quiesce").AddOtlpExporter());
        var app = builder.Build();
        app.Services.GetRequiredService<GracefulShutdown>().ShutDownOpenTelemetryLast(app.Services);
    }

    public static void Unhosted(GracefulShutdown shutdown, TracerProvider tracerProvider, MeterProvider meterProvider)
    {
        shutdown.ShutDownOpenTelemetryLast(tracerProvider);
        shutdown.ShutDownOpenTelemetryLast(meterProvider);
    }

    public static void Meter(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithMetrics(static metrics => metrics.AddMeter("Quiesce").AddOtlpExporter())
            .WithTracing(static tracing => tracing.AddSource("Quiesce").AddOtlpExporter());
    }
}
