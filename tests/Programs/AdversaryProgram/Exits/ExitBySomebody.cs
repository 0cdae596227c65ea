using Quiesce;

namespace AdversaryProgram.Exits;

/// <summary>Somebody ends the process in the middle of the shutdown, with a code of their own.</summary>
internal sealed class ExitBySomebody : Adversary
{
    public override void Prepare(GracefulShutdown shutdown) => shutdown.OnRelease("exits", static _ =>
    {
        Environment.Exit(7);
        return Task.CompletedTask;
    });
}
