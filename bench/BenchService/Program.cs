using System.Collections.Concurrent;
using System.Net.WebSockets;
using BenchService;

// The service that eng/bench-http, eng/bench-tail, eng/bench-footprint and eng/bench-connections measure. The first argument says which:
// "stock", the same with "quiesce", with the "loop" that one would write by hand, or "empty", a host that does nothing at all.
string kind = args.FirstOrDefault("stock");
if (kind == "empty")
{
    using IHost empty = Host.CreateApplicationBuilder(args[1..]).Build();
    await empty.RunAsync();
    return 0;
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(args[1..]);
if (kind == "quiesce") { WithQuiesce.Add(builder); }

WebApplication app = builder.Build();
if (kind == "quiesce") { WithQuiesce.MapHealth(app); }

app.MapGet("/", static () => "hello");
app.MapGet("/slow", static async () =>
{
    await Task.Delay(TimeSpan.FromSeconds(0.3), TimeProvider.System);
    return "hello";
});
// In front of this endpoint alone: the others are measured as a minimal service has them.
IApplicationBuilder sockets = ((IEndpointRouteBuilder)app).CreateApplicationBuilder().UseWebSockets();
var open = new ConcurrentDictionary<WebSocket, byte>();
sockets.Run(async context =>
{
    using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
    if (kind == "loop") { open[socket] = 0; }

    byte[] buffer = new byte[64];
    while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close) { }

    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
});
app.Map("/ws", sockets.Build());
if (kind == "loop")
{
    // The baseline: all at once, from one loop, without counting, limit or spread. The host's stop, which begins then, closes what is idle.
    app.Lifetime.ApplicationStopping.Register(() => Task.WhenAll(open.Keys.Select(
        static socket => socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None))).Wait());
}

app.MapGet("/heap", static () => GC.GetTotalMemory(forceFullCollection: true));
app.MapGet("/timers", static () => Timer.ActiveCount);
if (kind == "quiesce") { return await WithQuiesce.RunAsync(app); }

await app.RunAsync();
return 0;
