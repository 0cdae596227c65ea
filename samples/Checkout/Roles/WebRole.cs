using Checkout.Audit;
using Checkout.Confirmations;
using Checkout.Export;
using Checkout.Feed;
using Checkout.Orders;
using Checkout.Outbox;
using Checkout.Payments;
using Checkout.Postgres;
using Checkout.RabbitMq;
using Checkout.Receipts;
using Checkout.Shutdown.Clients;
using Checkout.Sweeping;

namespace Checkout.Roles;

/// <summary><c>--role web</c>: takes orders.</summary>
internal static class WebRole
{
    public static void AddWebRole(this WebApplicationBuilder builder, CheckoutArguments arguments)
    {
        IServiceCollection services = builder.Services;
        IClients clients = arguments.Shutdown.Clients;
        services.AddSingleton<PaymentProvider>();
        services.AddSingleton<OrderFeed>();

        // The host stops these in reverse order, and before them the web server, which it adds last of all.
        if (arguments.Store == StoreKind.Sqlite)
        {
            services.AddHostedSingleton<SqliteOrderStore>();    // transactions, the connection pool
            services.AddSingleton<IOrderStore>(static provider => provider.GetRequiredService<SqliteOrderStore>());
        }
        else
        {
            builder.AddPostgres(clients);                       // transactions, the connection pool
            services.AddSingleton<IOrderStore, PostgresOrderStore>();
        }

        if (arguments.Queue == QueueKind.Memory)
        {
            services.AddHostedSingleton<AuditLog>();            // a buffer, a file
            services.AddHostedSingleton<ConfirmationWorker>();  // a queue, a background worker, a file
            services.AddSingleton<IFulfilment, FulfilmentHere>();
            services.AddSingleton<ICommitWithOrder, PaymentWithOrder>();
        }
        else
        {
            builder.AddRabbitMq();
            clients.AddPublisher(services);                     // a connection, confirms
            services.AddSingleton<PostgresOutbox>();
            services.AddSingleton<IOutbox>(static provider => provider.GetRequiredService<PostgresOutbox>());
            services.AddSingleton<ICommitWithOrder>(static provider => provider.GetRequiredService<PostgresOutbox>());
            services.AddSingleton<IFulfilment, FulfilmentByWorkers>();
            clients.AddLeader<OutboxRelay>(services, publishes: true); // a leadership, a background loop
        }

        if (arguments.Store == StoreKind.Sqlite) { services.AddHostedSingleton<Sweeper>(); } // a thread, a lock
        else { clients.AddLeader<LeadingSweeper>(services); }   // a leadership
    }

    public static void MapWebRole(this WebApplication app, CheckoutArguments arguments)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseWebSockets();
        app.MapOrders();
        app.MapFeed();
        app.MapReceipts();
        if (arguments.NeverEnding) { app.MapNeverEndingExport(); }
    }
}
