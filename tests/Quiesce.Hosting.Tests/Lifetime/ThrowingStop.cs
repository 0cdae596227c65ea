using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Tests.Lifetime;

internal sealed class ThrowingStop : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.FromException(new InvalidOperationException("cannot stop"));
}
