using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Checkout.Shutdown;

/// <summary>A host lifetime that lets a fixed time pass between the signal and the stop.</summary>
internal sealed partial class DelayedLifetime(
    IHostApplicationLifetime application, Readiness readiness, IOptions<DelayedShutdownOptions> options,
    TimeProvider time, ILogger<DelayedLifetime> logger) : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] _signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private IDisposable[] _registrations = [];
    private ITimer? _timer;
    private bool _disposed;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        lock (_lock) { _registrations = [.. _signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))]; }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        IDisposable[] registrations;
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
            (registrations, _registrations) = (_registrations, []);
        }

        // Outside the lock: disposing a registration may wait for its handler, which takes the lock.
        foreach (IDisposable registration in registrations) { registration.Dispose(); }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true; // or the process would end now
        Leave(context.Signal);
    }

    /// <summary>Starts the wait; further signals change nothing.</summary>
    internal void Leave(PosixSignal signal)
    {
        lock (_lock)
        {
            if (_disposed || _timer is not null) { return; }
            readiness.Leave();
            _timer = time.CreateTimer(_ => application.StopApplication(), null, options.Value.Delay, Timeout.InfiniteTimeSpan);
        }

        LogLeaving(signal, options.Value.Delay);
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Information, Message = "{Signal}: not ready from now on, stopping in {Delay}.")]
    private partial void LogLeaving(PosixSignal signal, TimeSpan delay);
}
