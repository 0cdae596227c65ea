using AdversaryProgram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quiesce;

// Main's first line, for a signal that comes at a random moment of start-up.
Console.WriteLine("main");
if (args is not ["plain" or "host", string name] || Adversaries.Find(name) is not { } adversary)
{
    Console.Error.WriteLine($"Say 'plain' or 'host', and one of: {string.Join(", ", Adversaries.Names)}.");
    return 2;
}

int exitCode = args[0] == "plain" ? await RunPlainAsync(adversary) : await RunHostAsync(adversary);
adversary.Leave();
return exitCode;

// The grace comes by QUIESCE_GRACE_PERIOD. A third of it as margin: the tests run on busy machines, and ask who ends the process, not how fast.
static Task<int> RunPlainAsync(Adversary adversary) =>
    GracefulShutdown.RunAsync(adversary.RunAsync, new GracefulShutdownOptions { Margin = TimeSpan.FromSeconds(2) }, adversary.Logger);

static async Task<int> RunHostAsync(Adversary adversary)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.AddGracefulShutdown(static options => options.Margin = TimeSpan.FromSeconds(2));
    if (adversary.Logger is { } logger) { builder.Logging.ClearProviders().AddProvider(new OneLogger(logger)); }

    builder.Services.AddSingleton(adversary);
    builder.Services.AddHostedService<AdversaryWorker>();
    adversary.AddTo(builder.Services);
    return await builder.Build().RunGracefullyAsync();
}
