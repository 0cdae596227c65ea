using Microsoft.Extensions.Hosting;

namespace HostProgram;

/// <summary>Its stop never returns.</summary>
internal sealed class HungStop : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;
}
