namespace Quiesce;

public sealed partial class WorkTracker
{
    // Entries that are no units.
    private int _holds;

    /// <summary>Keeps the tracker from draining until disposed: somebody may still begin nested work.</summary>
    internal IDisposable Hold()
    {
        if (!_shards.TryEnterNested(out WorkShard? shard)) { return new Holder(null); }

        Interlocked.Increment(ref _holds);
        return new Holder(shard);
    }

    private sealed class Holder(WorkShard? held) : IDisposable
    {
        private WorkShard? _held = held;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _held, null) is not { } held) { return; }

            Interlocked.Decrement(ref held.Owner._holds);
            held.Gate.Exit();
            held.Owner.SayIdle();
        }
    }
}
