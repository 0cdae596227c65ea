using System.Runtime.InteropServices;

namespace Quiesce;

/// <summary>The process' real signals. On Windows .NET maps Ctrl+C, Ctrl+Break, close and shutdown events to the same four.</summary>
internal sealed class PosixSignalSource : ISignalSource
{
    private static readonly (PosixSignal Posix, ShutdownSignal Ours)[] _signals =
    [
        (PosixSignal.SIGTERM, ShutdownSignal.Terminate),
        (PosixSignal.SIGINT, ShutdownSignal.Interrupt),
        (PosixSignal.SIGQUIT, ShutdownSignal.Quit),
        (PosixSignal.SIGHUP, ShutdownSignal.Hangup),
    ];

    public bool TerminalAttached => !Console.IsInputRedirected;

    /// <summary>Returns our name for a signal, or <see langword="null"/> for one that is none of ours.</summary>
    public static ShutdownSignal? Ours(PosixSignal signal)
    {
        (PosixSignal Posix, ShutdownSignal Ours) found = Array.Find(_signals, pair => pair.Posix == signal);
        return found == default ? null : found.Ours;
    }

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal, Action<string> onCrash) =>
        new Registrations(
            Array.ConvertAll(_signals, signal => PosixSignalRegistration.Create(signal.Posix, context =>
            {
                // A signal that is not cancelled ends the process as soon as the handlers have returned.
                context.Cancel = onSignal(signal.Ours);
            })),
            onCrash);

    private sealed class Registrations : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations;
        private readonly UnhandledExceptionEventHandler _onUnhandled;

        public Registrations(PosixSignalRegistration[] registrations, Action<string> onCrash)
        {
            _registrations = registrations;

            // The type only: the runtime prints the message after this, and it may hold what no other channel should.
            _onUnhandled = (_, crash) => onCrash(crash.ExceptionObject.GetType().ToString());
            AppDomain.CurrentDomain.UnhandledException += _onUnhandled;
        }

        public void Dispose()
        {
            AppDomain.CurrentDomain.UnhandledException -= _onUnhandled;
            Array.ForEach(_registrations, static registration => registration.Dispose());
        }
    }
}
