using DesignTimeProgram;
using Microsoft.EntityFrameworkCore;
using Quiesce;

// A service that design-time tools load: `dotnet ef` for its database, the generator of OpenAPI documents for its endpoints.
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddGracefulShutdown();
builder.Services.AddOpenApi();
builder.Services.AddDbContext<Shop>(static options => options.UseSqlite("Data Source=:memory:"));
builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => Console.Out.WriteLineAsync("ledger released"));

WebApplication app = builder.Build();
app.MapShutdownHealth();
app.MapOpenApi();
app.MapGet("/orders/{id}", static (int id) => new { id });
return await app.RunGracefullyAsync();
