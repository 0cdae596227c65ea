using Quiesce;

namespace AdversaryProgram.Exits;

/// <summary>Somebody ends the process in the middle of the shutdown, and an exit handler hangs: our own exit cannot begin any more.</summary>
internal sealed class ExitBySomebodyHangs : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        new BlockedExitHandler().Prepare(shutdown);
        new ExitBySomebody().Prepare(shutdown);
    }
}
