using Quiesce;

namespace AdversaryProgram.Starvation;

/// <summary>Ten thousand units that ignore their tokens.</summary>
internal sealed class ManyUnits : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        for (int i = 0; i < 10_000; i++) { shutdown.Work.TryBegin("row", out _); }
    }
}
