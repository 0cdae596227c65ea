namespace Quiesce;

/// <summary>One graceful shutdown that shares this process: a host, or a program under <see cref="GracefulShutdown"/>.</summary>
internal interface IProcessMember
{
    /// <summary>Gets the budget; its enforcement instant is what the watchdog is set to.</summary>
    ShutdownBudget Budget { get; }

    /// <summary>Gets what signals mean; the first member's settings count for the process.</summary>
    SignalOptions Signals { get; }

    /// <summary>Gets how many units of work are in flight. Lock-free.</summary>
    int InFlight { get; }

    /// <summary>Gets a value indicating whether start-up is over; decides what the watchdog's exit code says.</summary>
    bool IsStarted { get; }

    /// <summary>Gets a value indicating whether a shutdown was asked for and is not over.</summary>
    bool IsShuttingDown { get; }

    /// <summary>Tells work to stop, on the calling thread, and so runs foreign callbacks: on a thread that nobody waits for.</summary>
    void CancelWork();

    /// <summary>Publishes the report of what has been done so far, on every channel, because the process is ended by force. Called on
    /// a thread that nobody waits for longer than <see cref="EndLimits.LastWords"/>.</summary>
    void PublishLastReport(int exitCode, EndLimits limits);

    /// <summary>Called on the signal's thread; must return quickly and must not throw.</summary>
    void OnSignal(SignalAction action, ShutdownSignal signal, long signalledAt);
}
