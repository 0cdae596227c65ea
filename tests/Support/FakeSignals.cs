namespace Quiesce.TestSupport;

/// <summary>Signals that a test sends. Counts the listeners, so that a test sees who took the signals over.</summary>
internal sealed class FakeSignals : ISignalSource
{
    private Func<ShutdownSignal, bool>? _listener;

    public bool TerminalAttached { get; init; }

    /// <summary>Gets how often somebody began to listen.</summary>
    public int Listened { get; private set; }

    public bool IsListenedTo => _listener is not null;

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash)
    {
        Listened++;
        _listener = onSignal;
        return new Subscription(this);
    }

    public void Raise(ShutdownSignal signal)
    {
        Assert.NotNull(_listener);
        _listener(signal);
    }

    private sealed class Subscription(FakeSignals signals) : IDisposable
    {
        public void Dispose() => signals._listener = null;
    }
}
