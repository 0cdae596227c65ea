using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Registration;

/// <summary>A foreign hosted service that takes work from outside: told to stop at the signal, not after the drain, and once.</summary>
/// <remarks>
/// The host sees it instead of the service, so everything a host does with one is passed on: its lifecycle, its disposal, and for a background
/// service the task whose failure stops the host. Its own stop usually waits for what it has begun, so it is awaited in Drain; at the drain's
/// deadline its token fires.
/// </remarks>
/// <param name="inner">The service.</param>
/// <param name="name">Its name.</param>
internal sealed class StopsAtClose(IHostedService inner, string name) : BackgroundService, IHostedLifecycleService, IAsyncDisposable, IShutdownParticipant
{
    // Never disposed: a stop that was left behind may still look at its token, and it has no timer.
    private readonly CancellationTokenSource _late = new();

    // The first stop decides, whoever asks for it.
    private readonly Lock _lock = new();
    private Task? _stopping;

    public string Name => name;

    public override Task? ExecuteTask => (inner as BackgroundService)?.ExecuteTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Lifecycle?.StartingAsync(cancellationToken) ?? Task.CompletedTask;

    public override Task StartAsync(CancellationToken cancellationToken) => inner.StartAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Lifecycle?.StartedAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Begins its stop, and does not wait for it: nobody knows when such a service has only shut its source.</summary>
    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        _ = StopOnce();
        return Task.CompletedTask;
    }

    public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration late = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _late);
        await StopOnce().ConfigureAwait(false);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Lifecycle?.StoppingAsync(cancellationToken) ?? Task.CompletedTask;

    public override Task StopAsync(CancellationToken cancellationToken) => StopOnce().WaitAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Lifecycle?.StoppedAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable disposable) { await disposable.DisposeAsync().ConfigureAwait(false); }
        else { (inner as IDisposable)?.Dispose(); }

        base.Dispose();
    }

    public override void Dispose()
    {
        (inner as IDisposable)?.Dispose();
        base.Dispose();
    }

    /// <summary>Never called: the service's own is, by its start.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    private IHostedLifecycleService? Lifecycle => inner as IHostedLifecycleService;

    private Task StopOnce()
    {
        lock (_lock) { return _stopping ??= Task.Run(() => inner.StopAsync(_late.Token), CancellationToken.None); }
    }
}
