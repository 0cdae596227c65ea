namespace Quiesce;

internal static class SignalNames
{
    public static string Name(this ShutdownSignal signal) => signal switch
    {
        ShutdownSignal.Hangup => "SIGHUP",
        ShutdownSignal.Interrupt => "SIGINT",
        ShutdownSignal.Quit => "SIGQUIT",
        _ => "SIGTERM",
    };
}
