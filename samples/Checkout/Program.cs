using Checkout;
using Checkout.Data;
using Checkout.Leftovers;
using Checkout.Ledgers;
using Checkout.Roles;
using Checkout.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

try
{
    if (args is ["ledger", ..]) { return LedgerCommand.Run(args.AsSpan(1), Console.Out); }
    if (args is ["leftovers", ..]) { return await LeftoversCommand.RunAsync(args.AsMemory(1), Console.Out); }

    CheckoutArguments arguments = CheckoutArguments.Parse(args);
    WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = arguments.ForHost,
        ContentRootPath = AppContext.BaseDirectory, // appsettings.json lies beside the program, wherever it is started
    });

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton(DataFolder.Create(arguments.Data));
    if (arguments.Role == Role.Web) { builder.AddWebRole(arguments); }      // --role web or worker: what the instance consists of
    else { builder.AddWorkerRole(arguments); }
    if (arguments.Http2Port is { } port) { builder.AddHttp2Listener(port); }

    if (builder.Configuration.HasCollector()) { builder.AddTelemetry(arguments.Role); }
    builder.Services.AddCheckoutOptions();
    builder.Services.AddProblemDetails();
    arguments.Shutdown.Configure(builder, arguments);                       // --shutdown stock, delay or quiesce: how it leaves

    WebApplication app = builder.Build();
    if (arguments.Role == Role.Web) { app.MapWebRole(arguments); }
    arguments.Shutdown.MapHealth(app);

    return await arguments.Shutdown.RunAsync(app);
}
catch (Exception exception) when (exception is UsageException or OptionsValidationException or { InnerException: AddressInUseException })
{
    Console.Error.WriteLine($"checkout: {exception.Message}");
    return 2;
}
