using Quiesce;

// The service that eng/bench-http, eng/bench-tail and eng/bench-footprint measure. The first argument says which:
// "stock", the same with "quiesce", or "empty", a host that does nothing at all.
string kind = args.FirstOrDefault("stock");
if (kind == "empty")
{
    using IHost empty = Host.CreateApplicationBuilder(args[1..]).Build();
    await empty.RunAsync();
    return 0;
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(args[1..]);
if (kind == "quiesce") { builder.AddGracefulShutdown(); }

WebApplication app = builder.Build();
if (kind == "quiesce") { app.MapShutdownHealth(); }

app.MapGet("/", static () => "hello");
app.MapGet("/slow", static async () =>
{
    await Task.Delay(TimeSpan.FromSeconds(0.3), TimeProvider.System);
    return "hello";
});
app.MapGet("/heap", static () => GC.GetTotalMemory(forceFullCollection: true));
app.MapGet("/timers", static () => Timer.ActiveCount);
if (kind == "quiesce") { return await app.RunGracefullyAsync(); }

await app.RunAsync();
return 0;
