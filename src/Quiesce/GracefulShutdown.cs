using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>The graceful shutdown of a program or a host: what user code talks to.</summary>
/// <remarks>
/// Under a host it is a singleton service; without one it is what <see cref="RunAsync(Func{GracefulShutdown, Task}, GracefulShutdownOptions, ILogger)"/> passes.
/// Thread-safe. All members stay usable after the shutdown has ended.
/// </remarks>
public sealed partial class GracefulShutdown
{
    private readonly ShutdownCoordinator _coordinator;
    private readonly Action<ShutdownReason> _request;

    internal GracefulShutdown(ShutdownCoordinator coordinator, Action<ShutdownReason> request)
    {
        _coordinator = coordinator;
        _request = request;
    }

    /// <summary>Gets what this is the face of, for what is built on it.</summary>
    internal ShutdownCoordinator Coordinator => _coordinator;

    /// <summary>Gets the work in flight. Begin a unit for everything that must not be cut off.</summary>
    public WorkTracker Work => _coordinator.Work;

    /// <summary>Gets the token that asks to finish: cancelled when the Drain phase begins. Loops should end, long work should
    /// come to a good stopping point.</summary>
    /// <value>Under a host, <c>ApplicationStopping</c> fires later: when only long-lived work is left, or at the drain's end.</value>
    public CancellationToken Draining => _coordinator.Draining;

    /// <summary>Gets the token that says stop now: cancelled at the drain's deadline, and in Release if long-lived requests have outlived their farewell. Work
    /// that ends at the drain's deadline is reported as abandoned.</summary>
    public CancellationToken Aborting => _coordinator.Aborting;

    /// <summary>Gets a task that completes with the report when everything is released and the hooks of Exit are over. It never faults.</summary>
    public Task<ShutdownReport> Completion => _coordinator.Completion;

    /// <summary>Gets what a shutdown would do now: participants, order, and the latest end of each step. It is logged at Debug when the host or the
    /// program has started.</summary>
    public ShutdownPlan Plan => ShutdownPlanner.Plan(_coordinator.Participants.Snapshot(), _coordinator.Budget);

    /// <summary>Adds a participant. It may join until the phase that it has a part in has begun; later it is not asked in that phase any more.</summary>
    /// <param name="participant">The participant; its name must be new.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public void Add(IShutdownParticipant participant)
    {
        _coordinator.Participants.Add(participant);
        if (LimitCheck.Concerns(participant)) { _coordinator.CheckLimits(); }
    }

    /// <summary>Takes a participant out that could not begin, or has ended before the program.</summary>
    /// <param name="participant">The participant; its name is free again.</param>
    /// <returns><see langword="false"/> if it is not there, or a shutdown has begun: then it keeps its part.</returns>
    public bool Remove(IShutdownParticipant participant)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return _coordinator.Phase == ShutdownPhase.Running && _coordinator.Participants.Remove(participant);
    }

    /// <summary>Adds a callback that shuts a source, at the signal, beside all others.</summary>
    /// <param name="name">For people and for relations; unique within the phase.</param>
    /// <param name="callback">The callback; its token asks to finish at once.</param>
    /// <param name="limit">How long it may take, more than zero; <see langword="null"/> for a fair share. See
    /// <see cref="IShutdownParticipant.LimitOf"/>: what does not fit is shortened, and a warning says so.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not more than zero.</exception>
    public void OnStopAccepting(string name, Func<CancellationToken, Task> callback, TimeSpan? limit = null) =>
        AddHook(name, ShutdownPhase.StopAccepting, callback, limit);

    /// <summary>Adds a callback that waits for what is in flight, after <see cref="Work"/> has drained.</summary>
    /// <param name="name">For people and for relations; unique within the phase.</param>
    /// <param name="callback">The callback; its token is cancelled at the drain's deadline.</param>
    /// <param name="limit">How long it may take, more than zero; <see langword="null"/> for a fair share. See
    /// <see cref="IShutdownParticipant.LimitOf"/>: what does not fit is shortened, and a warning says so.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not more than zero.</exception>
    public void OnDrain(string name, Func<CancellationToken, Task> callback, TimeSpan? limit = null) =>
        AddHook(name, ShutdownPhase.Drain, callback, limit);

    /// <summary>Adds a callback that gives a resource back. The latest registration is released first.</summary>
    /// <param name="name">For people and for relations; unique within the phase.</param>
    /// <param name="callback">The callback; its token is cancelled shortly before it is given up.</param>
    /// <param name="limit">How long it may take, more than zero; <see langword="null"/> for a fair share. See
    /// <see cref="IShutdownParticipant.LimitOf"/>: what does not fit is shortened, and a warning says so.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not more than zero.</exception>
    public void OnRelease(string name, Func<CancellationToken, Task> callback, TimeSpan? limit = null) =>
        AddHook(name, ShutdownPhase.Release, callback, limit);

    /// <summary>Adds a callback that flushes or closes what the report is written into: loggers, telemetry. It runs when everything is released and the
    /// report was published, beside the other hooks of Exit.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>All of them share as much time as Release has for itself, and at most half of what is left before the process is ended by force. There is no
    /// limit of their own, because nobody waits behind them.</item>
    /// <item>One that throws or is given up is in <see cref="Completion"/>'s report, makes a clean exit code <see cref="ShutdownExitCode.ReleaseFailed"/>, and
    /// is said in the report's files and on standard error, because the log may be closed by then.</item>
    /// <item>They do not run when the process is ended by force, at the deadline or by a further signal: then there is no time for them.</item>
    /// </list>
    /// </remarks>
    /// <param name="name">For people; unique within the phase.</param>
    /// <param name="callback">The callback; its token is cancelled shortly before it is given up.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public void OnExit(string name, Func<CancellationToken, Task> callback) => AddHook(name, ShutdownPhase.Exit, callback, limit: null);

    /// <summary>Adds a callback that flushes or closes what the report is written into, and can say what it has lost; see
    /// <see cref="OnExit(string, Func{CancellationToken, Task})"/>.</summary>
    /// <param name="name">For people; unique within the phase.</param>
    /// <param name="callback">The callback. What it notes is said in the report's files and on standard error. Its token is cancelled shortly before it
    /// is given up.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public void OnExit(string name, Func<ShutdownContext, CancellationToken, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _coordinator.Participants.AddHook(name, ShutdownPhase.Exit, Hook.Of(callback), uses: []);
    }

    /// <summary>Asks for a graceful shutdown, as a signal would. Idempotent.</summary>
    /// <remarks>If nothing else in the process goes on, the process is ended at the deadline, also when <c>Main</c> goes on: to restart a host inside the
    /// process use <c>StopApplication</c>.</remarks>
    /// <param name="why">For people; appears in log and report.</param>
    /// <exception cref="ArgumentException"><paramref name="why"/> is empty or blank.</exception>
    public void Request(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        _request(new ShutdownReason(ShutdownTrigger.Request, why));
    }

    /// <summary>Runs a program without a host: owns the signals, the exceptions and the exit code.</summary>
    /// <param name="main">The program. It should end soon after <see cref="Draining"/>; an <see cref="OperationCanceledException"/>
    /// after that is a normal end.</param>
    /// <param name="options">The options; <see langword="null"/> means the defaults. <c>QUIESCE_GRACE_PERIOD</c> wins.</param>
    /// <param name="logger">Where to log; <see langword="null"/> means warnings and errors on standard error.</param>
    /// <returns>The exit code, see <see cref="ShutdownExitCode"/>; return it from <c>Main</c>. Mistakes in the options and exceptions
    /// of the program are written to the log and returned as a code, not thrown.</returns>
    public static Task<int> RunAsync(
        Func<GracefulShutdown, Task> main, GracefulShutdownOptions? options = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return new ProgramRun(ProcessOwner.Current, TimeProvider.System, logger ?? new StandardErrorLogger()).RunAsync(main, options ?? new());
    }

    private void AddHook(string name, ShutdownPhase phase, Func<CancellationToken, Task> callback, TimeSpan? limit)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var hook = new Hook((_, cancellationToken) => callback(cancellationToken), Written: callback) { Limit = limit };
        _coordinator.Participants.AddHook(name, phase, hook, uses: []);
        if (limit is not null) { _coordinator.CheckLimits(); }
    }
}
