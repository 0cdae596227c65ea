using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>Connects one coordinator to the process: signals and requests begin it, its end sets the exit code.</summary>
/// <remarks>
/// A signal or request that comes before <see cref="Started"/> is remembered with its timestamp: start-up may end, the shutdown
/// then begins with what is left of its grace, and the watchdog, armed meanwhile, bounds both. Thread-safe.
/// </remarks>
internal sealed partial class ProcessShutdown : IProcessMember
{
    private readonly ShutdownCoordinator _coordinator;
    private readonly ProcessOwner _owner;
    private readonly BoundedLogger _logger;
    private readonly bool _alwaysExitZero;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private (ShutdownReason Reason, long At)? _pending;

    // Written under _lock, read without: the owner asks under its own lock, and at the deadline.
    private volatile bool _started;

    // Claimed before the owner is asked, because a signal may come in that moment.
    private int _attaching;
    private IDisposable? _attachment;

    // Written once, before a signal can come; not at all in a process that is not ours.
    private LiveLine? _liveLine;
    private ServiceNotifier? _notifier;

    public ProcessShutdown(ShutdownCoordinator coordinator, ProcessOwner owner, ILogger logger, bool alwaysExitZero)
    {
        _alwaysExitZero = alwaysExitZero;
        _coordinator = coordinator;
        _owner = owner;
        _logger = BoundedLogger.Around(logger);
        coordinator.Completing = SetExitCode;
        Shutdown = new GracefulShutdown(coordinator, Request);
    }

    public GracefulShutdown Shutdown { get; }

    /// <summary>Gets the files the report goes to, besides the log.</summary>
    public IReadOnlyList<IReportChannel> ReportFiles { get; init; } = [];

    /// <summary>Gets what signals mean.</summary>
    public SignalOptions Signals { get; init; } = new();

    public int InFlight => _coordinator.InFlight;

    public ShutdownBudget Budget => _coordinator.Budget;

    public bool IsStarted => _started;

    public bool IsShuttingDown => LastReport() is { IsComplete: false };

    /// <summary>Gets a value indicating whether the process exists only in a test.</summary>
    public bool HasStandIn => _owner.IsStandIn;

    /// <summary>Gets a value indicating whether the process is ours: a host in a test server attaches only to a process of the test's own.</summary>
    private bool IsOurs => Volatile.Read(ref _attaching) != 0;

    /// <summary>Takes the signals over. Until this is called nothing about the process has changed.</summary>
    public void Attach()
    {
        if (Interlocked.Exchange(ref _attaching, 1) != 0) { return; }

        // Before a signal can come; and not at all in a process that is not ours, which goes on after the report.
        _liveLine = Signals.LiveLine && _owner.Terminal is { } terminal ? new LiveLine(_coordinator, terminal) : null;
        // A stand-in's test runner may be in a container itself, whose termination message is not ours.
        IReadOnlyList<IReportChannel> files = HasStandIn ? [.. ReportFiles.Where(static file => file is not TerminationMessage)] : ReportFiles;
        _coordinator.Reports.Use(files, _owner.StandardError, _liveLine is null ? [] : [_liveLine]);
        _notifier = _owner.ServiceManager is { } manager ? new ServiceNotifier(manager, _coordinator, Signals.ExtendServiceTimeout) : null;
        Volatile.Write(ref _attachment, _owner.Attach(this));
    }

    /// <summary>Gives the signals back, unless a shutdown was begun by one.</summary>
    public void Detach()
    {
        Interlocked.Exchange(ref _attachment, null)?.Dispose();
        _notifier?.Dispose();
    }

    /// <summary>Start-up is over: what came meanwhile begins now.</summary>
    public void Started()
    {
        (ShutdownReason Reason, long At)? pending;
        lock (_lock)
        {
            _started = true;
            pending = _pending;
        }

        _notifier?.Ready();
        if (_logger.IsEnabled(LogLevel.Debug)) { Log.Planned(_logger, Shutdown.Plan.ToString()); }

        if (pending is { } begin) { _coordinator.TryBegin(begin.Reason, begin.At); }
    }

    public void OnSignal(SignalAction action, ShutdownSignal signal, long signalledAt)
    {
        switch (action)
        {
            case SignalAction.Begin:
            case SignalAction.BeginForPerson:
                bool person = action == SignalAction.BeginForPerson;
                bool isFirst = BeginOrRemember(new ShutdownReason(ShutdownTrigger.Signal, signal.Name()) { PersonIsWaiting = person }, signalledAt);

                // Something else has begun it, a request for example: the person does not want to wait for the announce all the same.
                if (person && !isFirst) { _coordinator.SkipStopAccepting(); }

                break;
            case SignalAction.SkipAnnounce:
                _coordinator.SkipStopAccepting();
                break;
            case SignalAction.SkipDrain:
                _coordinator.SkipDrain();
                break;
        }

        if (action is SignalAction.BeginForPerson or SignalAction.SkipAnnounce or SignalAction.SkipDrain) { _liveLine?.OnPerson(action); }

        // Logging comes last: a logger that blocks may hold this thread as long as it likes now.
        if (action == SignalAction.Ignore) { Log.SignalRepeated(_logger, signal.Name()); }
        else if (action == SignalAction.SkipDrain) { Log.DrainSkipped(_logger, signal.Name()); }
    }

    public void CancelWork() => _coordinator.AbortOnThisThread();

    /// <summary>Somebody else stops what this belongs to: the phases run, the process is left alone.</summary>
    public void OnStoppedByOthers(string what) => BeginByItself(new ShutdownReason(ShutdownTrigger.HostStopped, what));

    /// <summary>The program's own work is done: the phases run, nothing needs to be enforced.</summary>
    public void OnFinishedByItself() => BeginByItself(new ShutdownReason(ShutdownTrigger.Finished, "the program has finished"));

    /// <summary>An explicit request from the program or its service manager.</summary>
    public void Request(ShutdownReason reason)
    {
        long requestedAt = _coordinator.Time.GetTimestamp();
        if (_coordinator.Phase != ShutdownPhase.Running) { return; }

        _owner.OnRequest(this, requestedAt);
        BeginOrRemember(reason, requestedAt);
    }

    /// <summary>Returns whether this is what the shutdown begins with.</summary>
    private bool BeginOrRemember(ShutdownReason reason, long at)
    {
        bool isFirst = RememberUntilStarted(reason, at) ?? BeginWithTheFirst(reason, at);
        if (isFirst && IsOurs) { RehearseLastReport(); }

        if (isFirst && IsOurs && Budget.Grace >= ShutdownRehearsal.LeastGrace) { _ = ShutdownRehearsal.RunAsync(Budget); }

        return isFirst;
    }

    /// <summary>Returns whether it is what is remembered, or <see langword="null"/> after the start.</summary>
    private bool? RememberUntilStarted(ShutdownReason reason, long at)
    {
        // Under the lock, or Started could pass between the look and the note, and the signal would be lost.
        lock (_lock)
        {
            if (_started) { return null; }

            bool isFirst = _pending is null;
            _pending ??= (reason, at);
            return isFirst;
        }
    }

    private void BeginByItself(ShutdownReason reason) => BeginWithTheFirst(reason, _coordinator.Time.GetTimestamp());

    /// <summary>What is remembered came first: it is the reason, its grace runs, and it sets the exit code, also when somebody asks in the instant between the
    /// start and its beginning.</summary>
    /// <returns>Whether the shutdown begins with <paramref name="reason"/>.</returns>
    private bool BeginWithTheFirst(ShutdownReason reason, long at)
    {
        (ShutdownReason Reason, long At)? pending;
        lock (_lock) { pending = _pending; }
        (ShutdownReason first, long firstAt) = pending ?? (reason, at);
        return _coordinator.TryBegin(first, firstAt) && pending is null;
    }
}
