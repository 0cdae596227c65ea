using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Quiesce.Testing;

/// <summary>Stands where Kubernetes, systemd, Docker or a person at a terminal stands: tells a service to stop, and sees how its process would have ended. Without
/// a process of its own: no signal of the test runner is taken, and the test runner is never ended.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>One orchestrator for each process that a test imagines, and one <see cref="StopAsync"/> for each. Several hosts may share it, as they share a process.</item>
/// <item>Phases, limits, exit codes and the forced end shortly before the grace is over are those of a real process. What only a real one has is not there: a crash,
/// an exit that somebody else calls, a debugger, the kernel's own timer, the container's termination message.</item>
/// <item>Only in a real process does a forced end, or SIGKILL, end the code that runs: here it runs on, and the test looks after it.</item>
/// <item>Thread-safe.</item>
/// </list>
/// </remarks>
public sealed class FakeOrchestrator
{
    private const int Killed = 128 + 9; // by SIGKILL, as a shell and Kubernetes report it

    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1); // of a timer

    private readonly FakeProcess _process;
    private readonly ProcessOwner _owner;
    private readonly TimeProvider _time;

    /// <summary>Initializes a new instance of the <see cref="FakeOrchestrator"/> class.</summary>
    /// <param name="gracePeriod">How long after the signal SIGKILL comes. The service is not told: what it believes is in its own options, and a test finds out
    /// whether it leaves in time. More than zero, at most 49 days.</param>
    /// <param name="time">The clock of the orchestrator and of what it deploys, such as a <see cref="ManualTimeProvider"/>; <see langword="null"/> is real time.</param>
    /// <param name="personAtTerminal">Whether SIGINT comes from a person, who may hurry the shutdown by repeating it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gracePeriod"/> is not more than zero, or longer than a timer can wait (49 days).</exception>
    public FakeOrchestrator(TimeSpan gracePeriod, TimeProvider? time = null, bool personAtTerminal = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(gracePeriod, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gracePeriod, _longest);
        GracePeriod = gracePeriod;
        _time = time ?? TimeProvider.System;
        _process = new FakeProcess(personAtTerminal);
        _owner = new ProcessOwner(_process, _process, _time) { IsStandIn = true };
    }

    /// <summary>Gets how long after the signal SIGKILL comes.</summary>
    public TimeSpan GracePeriod { get; }

    /// <summary>Gets what would have been said on standard error although no log says it, such as the lines of a forced end.</summary>
    public IReadOnlyList<string> StandardError => _process.Lines;

    /// <summary>Deploys a host: its shutdown belongs to this orchestrator, and runs on its clock. A test server too, which without one leaves its process alone.</summary>
    /// <param name="services">The services of the host's builder, before or after <c>AddGracefulShutdown</c>; after the application's own registration of a
    /// <see cref="TimeProvider"/>, if it has one, which is replaced (in a <c>WebApplicationFactory</c>: <c>ConfigureTestServices</c>).</param>
    public void Deploy(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Replace(ServiceDescriptor.Singleton(_owner));
        services.Replace(ServiceDescriptor.Singleton(_time));
    }

    /// <summary>Deploys a program without a host, as <see cref="GracefulShutdown.RunAsync"/> runs it.</summary>
    /// <param name="main">The program.</param>
    /// <param name="options">Its options; <see langword="null"/> means the defaults. <c>QUIESCE_GRACE_PERIOD</c> wins.</param>
    /// <param name="logger">Where to log; <see langword="null"/> means warnings and errors on standard error.</param>
    /// <returns>The exit code; pass the task to <see cref="StopAsync"/>.</returns>
    public Task<int> RunAsync(Func<GracefulShutdown, Task> main, GracefulShutdownOptions? options = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return new ProgramRun(_owner, _time, logger ?? new StandardErrorLogger()).RunAsync(main, options ?? new());
    }

    /// <summary>Tells the service to stop, and waits until its process would be gone: it has ended by itself, Quiesce has ended it by force, or the grace is over;
    /// whatever comes first. On manual time the test moves the clock meanwhile.</summary>
    /// <param name="running">The service: what <see cref="RunAsync"/> or <c>RunGracefullyAsync</c> returned, or, of a host that something else runs, such as a
    /// test server, <see cref="GracefulShutdown.Completion"/>. The exit code is its result, or, if it has none, what the process was set to end with.</param>
    /// <param name="signal">The signal: SIGTERM, SIGINT, SIGQUIT or SIGHUP.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="InvalidOperationException">Nobody listens: the service has not started yet, has no graceful shutdown, is not deployed by this
    /// orchestrator, or has ended without a signal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No graceful shutdown listens for this signal.</exception>
    /// <exception cref="Exception">What <paramref name="running"/> has failed with.</exception>
    public async Task<ProcessExit> StopAsync(Task running, PosixSignal signal = PosixSignal.SIGTERM)
    {
        ArgumentNullException.ThrowIfNull(running);
        var first = new TaskCompletionSource<ProcessExitCause>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Armed before the signal, so that what its handlers take is part of the grace. What Quiesce would have ended by then is not there to be killed,
        // although its end, on a thread of its own, may still be under way.
        ITimer kill = _time.CreateTimer(
            _ =>
            {
                if (!_owner.IsDueToEnd()) { first.TrySetResult(ProcessExitCause.KilledByOrchestrator); }
            },
            state: null, GracePeriod, Timeout.InfiniteTimeSpan);
        await using (kill.ConfigureAwait(false))
        {
            Signal(signal);
            SetWhenEnded(_process.Ended, ProcessExitCause.ForcedByQuiesce);
            SetWhenEnded(running, ProcessExitCause.ByItself);
            ProcessExitCause cause = await first.Task.ConfigureAwait(false);
            _owner.Gone();
            return new ProcessExit(await CodeAsync(cause, running).ConfigureAwait(false), cause);
        }

        // Where it ends, not later: on a pool that is busy, what came second could be seen first.
        void SetWhenEnded(Task ended, ProcessExitCause cause) => ended.ContinueWith(
            _ => first.TrySetResult(cause), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Sends a signal and waits for nothing: a second Ctrl+C, an orchestrator that repeats itself.</summary>
    /// <param name="signal">The signal: SIGTERM, SIGINT, SIGQUIT or SIGHUP.</param>
    /// <exception cref="InvalidOperationException">Nobody listens; see <see cref="StopAsync"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No graceful shutdown listens for this signal.</exception>
    public void Signal(PosixSignal signal)
    {
        ShutdownSignal ours = PosixSignalSource.Ours(signal)
            ?? throw new ArgumentOutOfRangeException(nameof(signal), signal, "No graceful shutdown listens for it; use SIGTERM, SIGINT, SIGQUIT or SIGHUP.");
        if (!_process.Raise(ours))
        {
            throw new InvalidOperationException(
                $"Nobody listens for {ours.Name()}: the service has not started yet, has no graceful shutdown, is not deployed by this orchestrator, or has ended without a signal.");
        }
    }

    private async Task<int> CodeAsync(ProcessExitCause cause, Task running)
    {
        if (cause == ProcessExitCause.KilledByOrchestrator) { return Killed; }

        if (cause == ProcessExitCause.ForcedByQuiesce) { return await _process.Ended.ConfigureAwait(false); }

        await running.ConfigureAwait(false); // a service that fails is the test's to see
        return (running as Task<int>)?.Result ?? _process.ExitCode;
    }
}
