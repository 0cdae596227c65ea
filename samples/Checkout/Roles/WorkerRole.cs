using Checkout.Audit;
using Checkout.Payments;
using Checkout.Postgres;
using Checkout.RabbitMq;
using Checkout.Shutdown.Clients;

namespace Checkout.Roles;

/// <summary><c>--role worker</c>: takes the payments of the orders in the queue. Its web server has the health endpoints only, so that it is
/// deployed like any other service.</summary>
internal static class WorkerRole
{
    public static void AddWorkerRole(this WebApplicationBuilder builder, CheckoutArguments arguments)
    {
        IServiceCollection services = builder.Services;
        IClients clients = arguments.Shutdown.Clients;
        services.AddSingleton<PaymentProvider>();

        // The host stops these in reverse order.
        builder.AddPostgres(clients);                           // transactions, the connection pool
        services.AddSingleton<IPaymentBook, PostgresPaymentBook>();
        services.AddSingleton<SerilogAudit>();                  // a queue, a thread, a file
        services.AddSingleton<IAuditTrail>(static provider => provider.GetRequiredService<SerilogAudit>());
        builder.AddRabbitMq();
        services.AddSingleton<IMessageHandler, PaymentHandler>();
        clients.AddConsumer(services);                          // a connection, messages
    }
}
