using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce;

namespace AdversaryProgram.Callbacks;

/// <summary>A hook that tells the host to stop while it is about to be told.</summary>
internal sealed class StopsTheHostAgain : Adversary
{
    public override void AddTo(IServiceCollection services)
    {
        services.AddShutdownHook("stops", ShutdownPhase.StopAccepting, static (provider, _) => Stop(provider));
        services.AddShutdownHook("stops", ShutdownPhase.Release, static (provider, _) => Stop(provider));
    }

    private static Task Stop(IServiceProvider provider)
    {
        provider.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        return Task.CompletedTask;
    }
}
