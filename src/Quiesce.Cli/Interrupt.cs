using System.Runtime.InteropServices;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli;

/// <summary>Turns SIGINT, SIGTERM and SIGHUP into a cancellation, so that every process is ended before the tool is.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    // Written by the first signal only: it decides the exit code.
    private int _signal;

    private Interrupt()
    {
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Gets 128 + the signal, as a shell reports it; <see langword="null"/> while there was none.</summary>
    public int? ExitCode => Volatile.Read(ref _signal) is var signal && signal == 0 ? null : ExitCodes.SignalBase + signal;

    public static Interrupt Watch()
    {
        var interrupt = new Interrupt();
        interrupt.Register(PosixSignal.SIGINT, Signals.Int);
        interrupt.Register(PosixSignal.SIGTERM, Signals.Term);
        interrupt.Register(PosixSignal.SIGHUP, Signals.Hup);
        return interrupt;
    }

    public void Dispose()
    {
        _registrations.ForEach(static registration => registration.Dispose());
        _source.Dispose();
    }

    private void Register(PosixSignal signal, int number) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true; // Ours to end, after the children.
        if (Interlocked.CompareExchange(ref _signal, number, 0) == 0) { _source.Cancel(); }
    }));
}
