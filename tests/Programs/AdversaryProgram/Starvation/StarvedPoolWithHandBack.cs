using Quiesce;

namespace AdversaryProgram.Starvation;

/// <summary>A starved pool, and work on a thread of its own that could be handed back if only it were told.</summary>
internal sealed class StarvedPoolWithHandBack : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        shutdown.Aborting.Register(static () => Console.WriteLine("handed back"));
        new StarvedPool().Prepare(shutdown);
    }
}
