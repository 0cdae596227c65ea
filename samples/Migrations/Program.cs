using Migrations;
using Migrations.After;
using Migrations.Before;

// The programs of docs/migration.md: what people have, and what they move to. The first argument says which.
IStyle style = args.FirstOrDefault() switch
{
    "prestop-sleep" => new PreStopSleep(),
    "delayed-lifetime" => new DelayedLifetimeStyle(),
    "stopping-sleep" => new StoppingSleep(),
    "shutdown-timeout" => new ShutdownTimeoutAlone(),
    "quiesce" => new WithQuiesce(),
    string unknown => throw new ArgumentException($"'{unknown}' is unknown. Use prestop-sleep, delayed-lifetime, stopping-sleep, shutdown-timeout or quiesce."),
    null => throw new ArgumentException("Say which: prestop-sleep, delayed-lifetime, stopping-sleep, shutdown-timeout or quiesce."),
};

WebApplicationBuilder builder = WebApplication.CreateBuilder(args[1..]);
style.Configure(builder);
WebApplication app = builder.Build();
style.Map(app);
app.MapGet("/", static async () =>
{
    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System); // the work
    return "hello";
});
return await style.RunAsync(app);
