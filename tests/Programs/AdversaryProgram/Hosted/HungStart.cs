using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdversaryProgram.Hosted;

/// <summary>A hosted service whose start never returns. The signal comes meanwhile.</summary>
internal sealed class HungStart : Adversary
{
    public override void AddTo(IServiceCollection services) => services.AddHostedService<Trap>();

    private sealed class Trap : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            Console.WriteLine("ready");
            return new TaskCompletionSource().Task;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
