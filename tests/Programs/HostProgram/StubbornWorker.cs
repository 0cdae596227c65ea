using Microsoft.Extensions.Hosting;

namespace HostProgram;

/// <summary>A background service that ignores its token.</summary>
internal sealed class StubbornWorker : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new TaskCompletionSource().Task;
}
