using Microsoft.Extensions.Hosting;
using Quiesce;

namespace AdversaryProgram;

/// <summary>Runs the adversary inside a host, once the host has started.</summary>
internal sealed class AdversaryWorker(Adversary adversary, GracefulShutdown shutdown, IHostApplicationLifetime application) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Wait.UntilAsync(application.ApplicationStarted);
        await adversary.RunAsync(shutdown);
    }
}
