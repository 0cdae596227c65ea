using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdversaryProgram.Hosted;

/// <summary>A hosted service whose stop never returns.</summary>
internal sealed class HungStop : Adversary
{
    public override void AddTo(IServiceCollection services) => services.AddHostedService<Trap>();

    private sealed class Trap : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;
    }
}
