using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce;

namespace Snippets;

/// <summary>README.md and docs/arithmetic.md.</summary>
internal static class HookSnippets
{
    public static void Release(IHostApplicationBuilder builder)
    {
        builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release,
            static (services, cancellationToken) => services.GetRequiredService<Ledger>().FlushAsync(cancellationToken));
    }

    public static void ReleaseWithLimit(IHostApplicationBuilder builder)
    {
        builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release,
            static (services, cancellationToken) => services.GetRequiredService<Ledger>().FlushAsync(cancellationToken),
            limit: TimeSpan.FromSeconds(3));
    }

    internal abstract class Ledger
    {
        public abstract Task FlushAsync(CancellationToken cancellationToken);
    }
}
