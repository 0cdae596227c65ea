using Checkout;
using Checkout.Audit;
using Checkout.Confirmations;
using Checkout.Data;
using Checkout.Export;
using Checkout.Feed;
using Checkout.Ledgers;
using Checkout.Orders;
using Checkout.Payments;
using Checkout.Receipts;
using Checkout.Sweeping;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

try
{
    if (args is ["ledger", ..]) { return LedgerCommand.Run(args.AsSpan(1), Console.Out); }

    CheckoutArguments arguments = CheckoutArguments.Parse(args);
    WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = arguments.ForHost,
        ContentRootPath = AppContext.BaseDirectory, // appsettings.json lies beside the program, wherever it is started
    });

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton(DataFolder.Create(arguments.Data));
    builder.Services.AddSingleton<PaymentProvider>();
    builder.Services.AddSingleton<OrderFeed>();

    // The host stops these in reverse order, and before them the web server, which it adds last of all.
    builder.Services.AddHostedSingleton<SqliteOrderStore>();          // transactions, the connection pool
    builder.Services.AddHostedSingleton<AuditLog>();            // a buffer, a file
    builder.Services.AddHostedSingleton<ConfirmationWorker>();  // a queue, a background worker, a file
    builder.Services.AddHostedSingleton<Sweeper>();             // a thread, a lock

    builder.Services.AddCheckoutOptions();
    builder.Services.AddProblemDetails();
    arguments.Shutdown.Configure(builder);                      // --shutdown stock, delay or quiesce

    WebApplication app = builder.Build();
    app.UseExceptionHandler();
    app.UseStatusCodePages();
    app.UseWebSockets();
    app.MapOrders();
    app.MapFeed();
    app.MapReceipts();
    if (arguments.NeverEnding) { app.MapNeverEndingExport(); }
    arguments.Shutdown.MapHealth(app);

    return await arguments.Shutdown.RunAsync(app);
}
catch (Exception exception) when (exception is UsageException or OptionsValidationException or { InnerException: AddressInUseException })
{
    Console.Error.WriteLine($"checkout: {exception.Message}");
    return 2;
}
