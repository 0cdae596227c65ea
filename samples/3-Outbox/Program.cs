using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Outbox;
using Quiesce;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.AddGracefulShutdown();
builder.Services.AddSingleton<HttpClient>();
builder.Services.AddHostedService<OutboxConsumer>(); // a participant: found by itself
using IHost host = builder.Build();
return await host.RunGracefullyAsync();
