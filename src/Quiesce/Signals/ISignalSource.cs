namespace Quiesce;

/// <summary>Where signals come from; a seam so that escalation can be tested without a process.</summary>
internal interface ISignalSource
{
    /// <summary>Gets a value indicating whether a person may be sitting at a terminal.</summary>
    bool TerminalAttached { get; }

    /// <summary>Takes the signals over until disposed.</summary>
    /// <param name="onSignal">Called on the thread that delivers the signal; must return quickly and must not throw. Returns whether
    /// the signal is taken; if not, its default action happens.</param>
    /// <param name="onCrash">Called with the type of an exception that nobody catches, just before the runtime ends the process.</param>
    IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash);
}
