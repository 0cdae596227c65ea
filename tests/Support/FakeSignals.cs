namespace Quiesce.TestSupport;

/// <summary>Signals that a test raises. Counts the listeners, so that a test sees who took the signals over.</summary>
internal sealed class FakeSignals : ISignalSource
{
    private Func<ShutdownSignal, bool>? _onSignal;

    public bool TerminalAttached { get; init; }

    /// <summary>Gets how often somebody began to listen.</summary>
    public int Listened { get; private set; }

    public bool IsListening { get; private set; }

    /// <summary>Gets what tells of an exception that nobody caught.</summary>
    public Action<string> Crash { get; private set; } = static _ => { };

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash)
    {
        (_onSignal, Crash) = (onSignal, onCrash);
        Listened++;
        IsListening = true;
        return new Subscription(this);
    }

    /// <summary>Raises a signal, also when nobody listens any more: one may be under way at that moment.</summary>
    public bool Raise(ShutdownSignal signal) => _onSignal!(signal);

    private sealed class Subscription(FakeSignals signals) : IDisposable
    {
        public void Dispose() => signals.IsListening = false;
    }
}
