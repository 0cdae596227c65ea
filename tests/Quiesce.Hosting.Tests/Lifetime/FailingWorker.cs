using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Tests.Lifetime;

internal sealed class FailingWorker : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("no such row");
}
