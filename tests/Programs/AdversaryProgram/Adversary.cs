using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quiesce;

namespace AdversaryProgram;

/// <summary>A program that makes its own shutdown hard. One that overrides nothing leaves at once, with 0.</summary>
internal abstract class Adversary
{
    /// <summary>What a program without a host logs to; a host's gets it as its only provider.</summary>
    public virtual ILogger? Logger => null;

    /// <summary>Adds what needs a host.</summary>
    public virtual void AddTo(IServiceCollection services)
    {
    }

    /// <summary>Lays the trap. When it returns the program says that it is ready, and is signalled.</summary>
    public virtual void Prepare(GracefulShutdown shutdown)
    {
    }

    /// <summary>What the program does until it ends.</summary>
    public virtual Task LiveAsync(GracefulShutdown shutdown) => Wait.UntilAsync(shutdown.Draining);

    /// <summary>What it does between the end of the shutdown and the end of <c>Main</c>.</summary>
    public virtual void Leave()
    {
    }

    public async Task RunAsync(GracefulShutdown shutdown)
    {
        Prepare(shutdown);
        Console.WriteLine("ready");
        await LiveAsync(shutdown);
    }
}
