using Quiesce;

namespace AdversaryProgram.Callbacks;

/// <summary>A callback on each token that never returns.</summary>
internal sealed class BlockedTokenCallbacks : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        shutdown.Draining.Register(Wait.ForEver);
        shutdown.Aborting.Register(Wait.ForEver);
        shutdown.Work.TryBegin("row", out _);
    }

    public override Task LiveAsync(GracefulShutdown shutdown) => new TaskCompletionSource().Task;
}
