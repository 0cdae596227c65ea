namespace Quiesce;

public sealed partial class WorkTracker
{
    // Entries in _gate that are no units.
    private int _holds;

    /// <summary>Keeps the tracker from draining until disposed: somebody may still begin nested work.</summary>
    internal IDisposable Hold()
    {
        if (!_gate.TryEnterNested()) { return new Holder(null); }

        Interlocked.Increment(ref _holds);
        return new Holder(this);
    }

    private sealed class Holder(WorkTracker? held) : IDisposable
    {
        private WorkTracker? _held = held;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _held, null) is not { } held) { return; }

            Interlocked.Decrement(ref held._holds);
            held._gate.Exit();
            held.SayIdle();
        }
    }
}
