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

    public IDisposable Listen(Func<ShutdownSignal, bool> onSignal) =>
        new Registrations([.. _signals.Select(signal => PosixSignalRegistration.Create(signal.Posix, context =>
        {
            // A signal that is not cancelled ends the process as soon as the handlers have returned.
            context.Cancel = onSignal(signal.Ours);
        }))]);

    private sealed class Registrations(PosixSignalRegistration[] registrations) : IDisposable
    {
        public void Dispose() => Array.ForEach(registrations, static registration => registration.Dispose());
    }
}
