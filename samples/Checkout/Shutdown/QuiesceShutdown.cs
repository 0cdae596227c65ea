using Checkout.Audit;
using Checkout.Confirmations;
using Checkout.Orders;
using Checkout.Shutdown.Clients;
using Checkout.Sweeping;
using Checkout.Telemetry;
using Quiesce;
using Quiesce.Serilog;
using Serilog.Sinks.Async;

namespace Checkout.Shutdown;

/// <summary>With Quiesce: one line switches it on, a line for each thing the service owns says when it is let go.</summary>
internal sealed class QuiesceShutdown : IShutdownStyle
{
    public IClients Clients { get; } = new QuiesceClients();

    public void Configure(WebApplicationBuilder builder, CheckoutArguments arguments)
    {
        builder.AddGracefulShutdown(); // options: section "GracefulShutdown" of appsettings.json

        // Requests use everything, so the queue drains after the last of them. Released last to first, users before what they use.
        // PostgreSQL and RabbitMQ are not here: the adapters bring their own participants (Clients/QuiesceClients.cs).
        IServiceCollection services = builder.Services;
        if (arguments.Store == StoreKind.Sqlite)
        {
            services.AddShutdownHook("order store", ShutdownPhase.Release,
                static (services, cancellationToken) => services.GetRequiredService<SqliteOrderStore>().CloseAsync(cancellationToken));
        }

        if (arguments.Queue == QueueKind.Memory)
        {
            services.AddShutdownHook("audit log", ShutdownPhase.Release,
                static (services, cancellationToken) => services.GetRequiredService<AuditLog>().FlushAsync(cancellationToken));
            services.AddShutdownHook("confirmations", ShutdownPhase.Drain,
                static (services, cancellationToken) => services.GetRequiredService<ConfirmationWorker>().DrainAsync(cancellationToken));
        }

        if (arguments.Store == StoreKind.Sqlite)
        {
            services.AddShutdownHook("sweeper", ShutdownPhase.Release,
                static (services, cancellationToken) => services.GetRequiredService<Sweeper>().ReleaseAsync(cancellationToken),
                uses: "order store");
        }

        if (arguments.Role == Role.Worker) { AddSerilogQueues(services); }
    }

    public void MapHealth(WebApplication app) => app.MapShutdownHealth();

    public Task<int> RunAsync(WebApplication app)
    {
        // What tells of the shutdown goes last, when everything has been told.
        if (app.Services.GetService<IAuditTrail>() is SerilogAudit audit) { CloseLast(app.Services, audit); }
        if (app.Configuration.HasCollector()) { ShutDownTelemetryLast(app.Services); }
        return app.RunGracefullyAsync();
    }

    // Methods of their own: an instance without them does not load their packages.
    private static void AddSerilogQueues(IServiceCollection services) => services
        .AddSingleton<SerilogQueues>()
        .AddSingleton<IAsyncLogEventSinkMonitor>(static services => services.GetRequiredService<SerilogQueues>());

    private static void CloseLast(IServiceProvider services, SerilogAudit audit) => services.GetRequiredService<GracefulShutdown>()
        .CloseSerilogLast(audit.Logger, services.GetRequiredService<SerilogQueues>(), "audit log");

    private static void ShutDownTelemetryLast(IServiceProvider services) =>
        services.GetRequiredService<GracefulShutdown>().ShutDownOpenTelemetryLast(services);
}
