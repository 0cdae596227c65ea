namespace Quiesce.Schedules;

/// <summary>No signal comes from outside: the schedule pokes.</summary>
internal sealed class NoSignals : ISignalSource
{
    public bool TerminalAttached => false;

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash) => throw Unused();

    private static InvalidOperationException Unused() => new("The process is nobody's while a schedule is acted out.");
}
