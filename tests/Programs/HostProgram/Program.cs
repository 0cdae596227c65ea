using HostProgram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Quiesce;

// A service without the web, for tests that need a real process. The first argument says how it misbehaves.
string scenario = args.FirstOrDefault("calm");
HostApplicationBuilder builder = Host.CreateApplicationBuilder(args[Math.Min(1, args.Length)..]);
builder.AddGracefulShutdown();
if (scenario == "before-build")
{
    Console.WriteLine("before Build");
    Console.ReadLine();
}

builder.Services.AddSingleton<Ledger>();
if (scenario == "talkative")
{
    builder.Services.AddSingleton<Talk>();
    builder.Services.AddShutdownHook("talk", ShutdownPhase.Release, static (services, _) => services.GetRequiredService<Talk>().LogAsync());
}
else { builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (services, _) => services.GetRequiredService<Ledger>().FlushAsync()); }

_ = scenario switch
{
    "hung-stop" => builder.Services.AddHostedService<HungStop>(),
    "slow-start" => builder.Services.AddHostedService<StartOnInput>(),
    "stubborn" => builder.Services.AddHostedService<StubbornWorker>(),
    "holds-a-unit" => builder.Services.AddHostedService<HoldsAUnit>(),
    "slow-dispose" => builder.Services.AddHostedService<DisposesOnInput>(),
    "failing-worker" => builder.Services.AddHostedService(static _ => new OnInput(static () => throw new InvalidOperationException("no such row"))),
    "crashing-thread" => builder.Services.AddHostedService(static _ => new OnInput(Crash)),
    "requests" => builder.Services.AddHostedService(static services => new OnInput(() => services.GetRequiredService<GracefulShutdown>().Request("the input"))),
    "displaced" => builder.Services.AddSingleton<IHostLifetime, ConsoleLifetime>(),
    _ => builder.Services,
};

using IHost host = builder.Build();
if (scenario == "never-run")
{
    Console.WriteLine("built");
    Console.ReadLine();
    return 0;
}

if (scenario == "run")
{
    await host.RunAsync();
    return Environment.ExitCode;
}

return await host.RunGracefullyAsync();

static void Crash() => new Thread(static () => throw new InvalidOperationException("no such row")).Start();
