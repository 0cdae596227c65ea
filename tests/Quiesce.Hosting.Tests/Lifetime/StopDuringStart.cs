using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>Stops the application while it starts, as a service does whose first check fails.</summary>
internal sealed class StopDuringStart(IHostApplicationLifetime application) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        application.StopApplication();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
