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

static Task<int> RunPlainAsync(Adversary adversary)
{
    var options = new GracefulShutdownOptions();
    Configure(options);
    return GracefulShutdown.RunAsync(adversary.RunAsync, options, adversary.Logger);
}

static async Task<int> RunHostAsync(Adversary adversary)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.AddGracefulShutdown(Configure);
    if (adversary.Logger is { } logger) { builder.Logging.ClearProviders().AddProvider(new OneLogger(logger)); }

    builder.Services.AddSingleton(adversary);
    builder.Services.AddHostedService<AdversaryWorker>();
    adversary.AddTo(builder.Services);
    return await builder.Build().RunGracefullyAsync();
}

// The grace and the report's file come by variables of their own.
static void Configure(GracefulShutdownOptions options)
{
    // Of a grace of 7 s: the tests run on busy machines, and ask who ends the process, not how fast.
    options.Margin = TimeSpan.FromSeconds(3);
    options.Report.TerminationMessageFile = Environment.GetEnvironmentVariable("TERMINATION_MESSAGE_FILE");
}
