using System.Runtime.CompilerServices;
using Quiesce;

namespace AdversaryProgram.Exits;

/// <summary>A finalizer that never returns. The runtime waits for it, even in <see cref="Environment.Exit"/>.</summary>
internal sealed class BlockedFinalizer : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        Drop();
        GC.Collect();
    }

    // In a frame of its own, or the object would live as long as its caller.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop() => _ = new Trap();

    private sealed class Trap
    {
        ~Trap() => Wait.ForEver();
    }
}
