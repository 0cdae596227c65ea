using Quiesce;

namespace AdversaryProgram.Callbacks;

/// <summary>Every hook and the program itself block their threads.</summary>
internal sealed class BlockedEverywhere : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        shutdown.OnStopAccepting("blocks", Block);
        shutdown.OnDrain("blocks", Block);
        shutdown.OnRelease("blocks", Block);
    }

    public override Task LiveAsync(GracefulShutdown shutdown) => Block(shutdown.Draining);

    public override void Leave() => Wait.ForEver();

    private static Task Block(CancellationToken cancellationToken)
    {
        Wait.ForEver();
        return Task.CompletedTask;
    }
}
