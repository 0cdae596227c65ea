namespace Quiesce.Tests.Fixtures;

/// <summary>Signals that the test raises.</summary>
internal sealed class FakeSignals(bool terminalAttached = false) : ISignalSource
{
    private Func<ShutdownSignal, bool>? _onSignal;

    public bool TerminalAttached => terminalAttached;

    /// <summary>Gets what tells of an exception that nobody caught.</summary>
    public Action<string> Crash { get; private set; } = static _ => { };

    public bool IsListening { get; private set; }

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash)
    {
        (_onSignal, Crash) = (onSignal, onCrash);
        IsListening = true;
        return new Stop(this);
    }

    /// <summary>Raises a signal, also when nobody listens any more: one may be under way at that moment.</summary>
    public bool Raise(ShutdownSignal signal) => _onSignal!(signal);

    private sealed class Stop(FakeSignals owner) : IDisposable
    {
        public void Dispose() => owner.IsListening = false;
    }
}
