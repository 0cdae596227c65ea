using Microsoft.Extensions.DependencyInjection;
using Quiesce;

namespace AdversaryProgram.Hosted;

/// <summary>A service whose disposal waits for a lock that is never given back.</summary>
internal sealed class DeadlockedDisposal : Adversary
{
    public override void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Trap>();
        services.AddShutdownHook("trap", ShutdownPhase.Release, static (provider, _) => provider.GetRequiredService<Trap>().ReleaseAsync());
    }

    private sealed class Trap : IDisposable
    {
        private readonly Lock _lock = new();

        public Task ReleaseAsync()
        {
            using var held = new ManualResetEventSlim();
            var holder = new Thread(() =>
            {
                lock (_lock)
                {
                    held.Set();
                    Wait.ForEver();
                }
            }) { IsBackground = true };
            holder.Start();
            held.Wait();
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            lock (_lock) { }
        }
    }
}
