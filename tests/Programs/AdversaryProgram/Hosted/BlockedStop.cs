using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdversaryProgram.Hosted;

/// <summary>A hosted service whose stop blocks the thread that stops the host.</summary>
internal sealed class BlockedStop : Adversary
{
    public override void AddTo(IServiceCollection services) => services.AddHostedService<Trap>();

    private sealed class Trap : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Wait.ForEver();
            return Task.CompletedTask;
        }
    }
}
