using Quiesce;

// A web service as small as it can be, for tests that need a real entry point or a real process.
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddGracefulShutdown();
if (Environment.GetEnvironmentVariable("SOCKET_ACTIVATION") is not null) { builder.WebHost.ConfigureKestrel(static kestrel => kestrel.UseSystemd()); }

builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => Console.Out.WriteLineAsync("ledger released"));

WebApplication app = builder.Build();
app.MapShutdownHealth();
app.MapGet("/", static () => "hello");
app.MapGet("/endless/{id}", static async () =>
{
    await Console.Out.WriteLineAsync("endless began");
    await new TaskCompletionSource().Task; // ignores every token
});
return await app.RunGracefullyAsync();
