using Quiesce;

namespace AdversaryProgram.Starvation;

/// <summary>A hook that spins and never looks at its token.</summary>
internal sealed class EndlessLoop : Adversary
{
    public override void Prepare(GracefulShutdown shutdown) => shutdown.OnRelease("spins", static _ =>
    {
        while (true) { }
    });
}
