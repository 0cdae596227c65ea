using Checkout.Audit;
using Checkout.Confirmations;
using Checkout.Orders;
using Checkout.Sweeping;
using Quiesce;

namespace Checkout.Shutdown;

/// <summary>With Quiesce: one line switches it on, a line for each thing the service owns says when it is let go.</summary>
internal sealed class QuiesceShutdown : IShutdownStyle
{
    public void Configure(WebApplicationBuilder builder)
    {
        builder.AddGracefulShutdown(); // options: section "GracefulShutdown" of appsettings.json

        // Requests use everything, so the queue drains after the last of them. Released last to first, users before what they use.
        builder.Services.AddShutdownHook("order store", ShutdownPhase.Release,
            static (services, cancellationToken) => services.GetRequiredService<SqliteOrderStore>().CloseAsync(cancellationToken));
        builder.Services.AddShutdownHook("audit log", ShutdownPhase.Release,
            static (services, cancellationToken) => services.GetRequiredService<AuditLog>().FlushAsync(cancellationToken));
        builder.Services.AddShutdownHook("confirmations", ShutdownPhase.Drain,
            static (services, cancellationToken) => services.GetRequiredService<ConfirmationWorker>().DrainAsync(cancellationToken));
        builder.Services.AddShutdownHook("sweeper", ShutdownPhase.Release,
            static (services, cancellationToken) => services.GetRequiredService<Sweeper>().ReleaseAsync(cancellationToken),
            uses: "order store");
    }

    public void MapHealth(WebApplication app) => app.MapShutdownHealth();

    public Task<int> RunAsync(WebApplication app) => app.RunGracefullyAsync();
}
