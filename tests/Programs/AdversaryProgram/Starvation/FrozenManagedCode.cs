using Quiesce;

namespace AdversaryProgram.Starvation;

/// <summary>No managed thread runs any more, the watchdog's included.</summary>
internal sealed class FrozenManagedCode : Adversary
{
    public override async Task LiveAsync(GracefulShutdown shutdown)
    {
        await Wait.UntilAsync(shutdown.Draining);
        ConsoleProgram.FrozenRuntime.Freeze();
    }
}
