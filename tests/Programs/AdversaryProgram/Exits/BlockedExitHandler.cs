using Quiesce;

namespace AdversaryProgram.Exits;

/// <summary>An exit handler that never returns.</summary>
internal sealed class BlockedExitHandler : Adversary
{
    public override void Prepare(GracefulShutdown shutdown) => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Wait.ForEver();
}
