using System.Runtime.InteropServices;

namespace Migrations.Before;

/// <summary>Lets a fixed time pass between the signal and the stop.</summary>
internal sealed class DelayedLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(5);
    private readonly List<IDisposable> _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(static registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = StopLaterAsync();
    }

    private async Task StopLaterAsync()
    {
        await Task.Delay(_delay, TimeProvider.System);
        application.StopApplication();
    }
}
