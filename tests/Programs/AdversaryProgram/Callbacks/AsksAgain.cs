using Quiesce;

namespace AdversaryProgram.Callbacks;

/// <summary>Hooks that ask for the shutdown that they are part of, in each phase.</summary>
internal sealed class AsksAgain : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        shutdown.OnStopAccepting("asks", AskAsync);
        shutdown.OnDrain("asks", AskAsync);
        shutdown.OnRelease("asks", AskAsync);

        Task AskAsync(CancellationToken cancellationToken)
        {
            shutdown.Request("once more");
            return Task.CompletedTask;
        }
    }
}
