namespace Quiesce;

/// <summary>Tells the service manager where this process stands: ready, stopping, what it waits for, and that it lives.</summary>
/// <remarks>
/// Pings go on until disposal, which comes after the last unit is settled and everything is released: a manager that gives up in the
/// middle of a drain would end it. STOPPING is certain: a shutdown that is over before this has looked at it is told of at the disposal. Thread-safe.
/// </remarks>
internal sealed class ServiceNotifier : IDisposable
{
    private readonly NotifySocket _socket;
    private readonly ShutdownCoordinator _coordinator;
    private readonly bool _extendsTimeout;
    private readonly ITimer? _pings;

    // Held while it is said: the disposal, and with it the process' end, waits until it was sent, which takes a moment at most.
    private readonly Lock _stopping = new();

    // Guarded by _stopping.
    private bool _saidStopping;

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

    public void Dispose()
    {
        if (_coordinator.Progress is { } progress && progress.Reason.ArmsTheProcess) { Say(progress, status: null); }

        _pings?.Dispose();
    }

    private Task ShowAsync(ShutdownProgress progress)
    {
        // When somebody else stops the host the process goes on: it is not the service that stops.
        if (!progress.Reason.ArmsTheProcess) { return Task.CompletedTask; }

        string status = $"STATUS={ProgressText.Phase(progress)}, at most {ProgressText.Seconds(progress.Remaining)}: {ProgressText.WaitsFor(progress)}";
        return OwnThread.RunAsync("Quiesce service manager", () => Say(progress, status));
    }

    /// <summary>Says that the service stops, unless that was said, and where it stands.</summary>
    private void Say(ShutdownProgress progress, string? status)
    {
        lock (_stopping)
        {
            List<string> lines = [];
            if (!_saidStopping)
            {
                _saidStopping = true;
                lines.Add("STOPPING=1");

                // Once is enough: the grace bounds the shutdown whatever happens, so there is no more to ask for later.
                long left = (long)(_coordinator.Budget.Grace - progress.Elapsed).TotalMicroseconds;
                if (_extendsTimeout) { lines.Add($"EXTEND_TIMEOUT_USEC={Math.Max(1, left)}"); }
            }

            if (status is not null) { lines.Add(status); }

            if (lines.Count > 0) { _socket.Send(lines); }
        }
    }
}
