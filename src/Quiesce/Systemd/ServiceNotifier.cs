namespace Quiesce;

/// <summary>Tells the service manager where this process stands: ready, stopping, what it waits for, and that it lives.</summary>
/// <remarks>
/// Pings go on until disposal, which comes after the last unit is settled and everything is released: a manager that gives up in the
/// middle of a drain would end it. Thread-safe.
/// </remarks>
internal sealed class ServiceNotifier : IDisposable
{
    private readonly NotifySocket _socket;
    private readonly ShutdownCoordinator _coordinator;
    private readonly bool _extendsTimeout;
    private readonly ITimer? _pings;
    private bool _saidStopping; // Used by the one flow that watches.

    public ServiceNotifier(NotifySocket socket, ShutdownCoordinator coordinator, bool extendsTimeout)
    {
        (_socket, _coordinator, _extendsTimeout) = (socket, coordinator, extendsTimeout);

        // Half of the period, as sd_watchdog_enabled(3) recommends.
        if (socket.WatchdogPeriod is { } period)
        {
            _pings = coordinator.Time.CreateTimer(_ => socket.Send("WATCHDOG=1"), null, TimeSpan.Zero, period / 2);
        }

        _ = ProgressFeed.WatchAsync(coordinator, ShowAsync);
    }

    public void Ready()
    {
        // A start-up that ends while a signal is remembered goes straight on to stopping; systemd needs to hear of both.
        _socket.Send("READY=1", "STATUS=Ready");
    }

    public void Dispose() => _pings?.Dispose();

    private Task ShowAsync(ShutdownProgress progress)
    {
        // When somebody else stops the host the process goes on: it is not the service that stops.
        if (!progress.Reason.ArmsTheProcess) { return Task.CompletedTask; }

        List<string> lines =
            [$"STATUS={ProgressText.Phase(progress)}, at most {ProgressText.Seconds(progress.Remaining)}: {ProgressText.WaitsFor(progress)}"];
        if (!_saidStopping)
        {
            _saidStopping = true;
            lines.Insert(0, "STOPPING=1");
            if (_extendsTimeout)
            {
                // Once is enough: the grace bounds the shutdown whatever happens, so there is no more to ask for later.
                long left = (long)(_coordinator.Budget.Grace - progress.Elapsed).TotalMicroseconds;
                lines.Insert(1, $"EXTEND_TIMEOUT_USEC={Math.Max(1, left)}");
            }
        }

        return OwnThread.RunAsync("Quiesce service manager", () => _socket.Send(lines));
    }
}
