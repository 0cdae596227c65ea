using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>Takes one shutdown through its phases. Decides when a phase ends; what happens in it belongs to the participants.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>from</term><description>to, when</description></listheader>
/// <item><term>Running</term><description>StopAccepting, when <see cref="TryBegin"/> wins. Later callers change nothing.</description></item>
/// <item><term>StopAccepting</term><description>Drain, when every source is shut, or at the cut.</description></item>
/// <item><term>Drain</term><description>Release, when every participant has drained; at the cut work is cancelled, and the phase ends
/// at the drain's end at the latest.</description></item>
/// <item><term>Release</term><description>Exit, when the last participant was released or left behind.</description></item>
/// <item><term>Exit</term><description>the end: the report is published, then hooks flush what it was written into, then
/// <see cref="Completion"/> completes.</description></item>
/// </list>
/// Invariants: one deadline, set at the signal, bounds every wait. A phase never begins before its predecessor ended.
/// <see cref="Completion"/> always completes, unless the runtime itself stands still; the watchdog is there for that.
/// All members are thread-safe.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Work that outlives the shutdown may still look at the tokens; none of the sources has a timer.")]
internal sealed partial class ShutdownCoordinator
{
    private readonly ShutdownBudget _budget;
    private readonly TimeProvider _time;
    private readonly BoundedLogger _logger;
    private readonly TaskCompletionSource<ShutdownReport> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _aborting = new();

    // Cancelled when a person asks to hurry: first the announce, then the drain.
    private readonly CancellationTokenSource _skipStopAccepting = new();
    private readonly CancellationTokenSource _skipDrain = new();

    private int _phase;

    public ShutdownCoordinator(ShutdownBudget budget, ParticipantRegistry participants, TimeProvider time, ILogger logger)
    {
        _budget = budget;
        _time = time;
        _logger = BoundedLogger.Around(logger);
        Participants = participants;
        Reports = new ReportPublisher(_logger, time);
        Work = new WorkTracker(time);
        _trackers = [Work];
        ShutdownMetrics.Observe(Work);
        participants.Add(new WorkParticipant(Work));
    }

    public ShutdownBudget Budget => _budget;

    public ILogger Logger => _logger;

    public ParticipantRegistry Participants { get; }

    public WorkTracker Work { get; }

    public ReportPublisher Reports { get; }

    public TimeProvider Time => _time;

    /// <summary>Gets the time since the signal; zero before it.</summary>
    public TimeSpan SinceSignal => _begun?.Deadline.Elapsed ?? TimeSpan.Zero;

    /// <summary>Called with the final report before <see cref="Completion"/> completes: whoever awaits that may end the process at once.
    /// Set before the shutdown can begin; must not throw.</summary>
    public Action<ShutdownReport>? Completing { get; set; }

    public ShutdownPhase Phase => (ShutdownPhase)Volatile.Read(ref _phase);

    /// <summary>Please finish: the Drain phase has begun.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Stop now: the drain's deadline has passed.</summary>
    public CancellationToken Aborting => _aborting.Token;

    /// <summary>Completes with the report when everything is released and the hooks of Exit are over.</summary>
    public Task<ShutdownReport> Completion => _completion.Task;

    /// <summary>Begins the shutdown. The one caller that wins starts it; the others change nothing.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="signalledAt">The timestamp everything is measured from.</param>
    /// <returns>Whether this call began it.</returns>
    public bool TryBegin(ShutdownReason reason, long signalledAt)
    {
        // The compare-and-swap decides between a signal and a request that come together: one reason, one deadline.
        if (Interlocked.CompareExchange(ref _phase, (int)ShutdownPhase.StopAccepting, (int)ShutdownPhase.Running) != (int)ShutdownPhase.Running)
        {
            return false;
        }

        // Without the caller's execution context: it may be a request's, and the shutdown outlives it.
        var deadline = new Deadline(_time, _budget, signalledAt);
        var begun = new Begun(reason, deadline, new ReportBuilder(reason, deadline, _trackers.Sum(static tracker => tracker.InFlight)));
        _begun = begun;
        _running.SayChanged();
        ThreadPool.UnsafeQueueUserWorkItem(static run => run(), () => _ = RunAsync(begun), preferLocal: false);
        return true;
    }

    /// <summary>A person does not want to wait for the announce.</summary>
    public void SkipStopAccepting() => Cancel(_skipStopAccepting, nameof(SkipStopAccepting));

    /// <summary>A person does not want to wait for the drain: its deadline is now. Release still runs.</summary>
    public void SkipDrain()
    {
        SkipStopAccepting();
        Cancel(_skipDrain, nameof(SkipDrain));
    }

    /// <summary>Tells all work to stop now. Idempotent.</summary>
    public void Abort() => Cancel(_aborting, nameof(Aborting));

    /// <summary>The same, at the deadline: the pool may be starved, so it runs the callbacks itself.</summary>
    public void AbortOnThisThread() => _aborting.Cancel();

    private async Task RunAsync(Begun begun)
    {
        (ShutdownReason reason, Deadline deadline, ReportBuilder report) = begun;
        var run = new PhaseRun(this, reason, deadline, report);
        Log.Began(_logger, reason.Text, _budget.Grace.TotalSeconds, _budget.Cut.TotalSeconds, _budget.End.TotalSeconds);

        await GuardAsync(run.StopAcceptingAsync, report).ConfigureAwait(false);
        Enter(ShutdownPhase.Drain, deadline, report);
        await GuardAsync(run.DrainAsync, report).ConfigureAwait(false);
        Enter(ShutdownPhase.Release, deadline, report);
        await GuardAsync(run.ReleaseAsync, report).ConfigureAwait(false);
        Enter(ShutdownPhase.Exit, deadline, report);
        await CompleteAsync(run, report, deadline).ConfigureAwait(false);
    }

    /// <summary>Participants fail inside their own steps. What fails here is ours or comes from a property of theirs, and
    /// still must not skip the next phase.</summary>
    private async Task GuardAsync(Func<Task> phase, ReportBuilder report)
    {
        TimeSpan none = TimeSpan.Zero;
        try { await phase().ConfigureAwait(false); }
        catch (Exception error)
        {
            report.Add(new ParticipantReport("shutdown", Phase, StepOutcome.Failed, none, $"{error.GetType().Name}: {error.Message}", []));
        }
    }

    private void Enter(ShutdownPhase phase, Deadline deadline, ReportBuilder report)
    {
        report.EndPhase(Phase);
        Volatile.Write(ref _phase, (int)phase);
        _running.SayChanged();
        if (phase != ShutdownPhase.Exit) { Log.PhaseBegan(_logger, phase, deadline.Elapsed.TotalSeconds, InFlight); }
    }

    /// <summary>Cancels on the pool, never on the caller's thread: it may be the signal's, and callbacks are foreign code.</summary>
    private void Cancel(CancellationTokenSource source, string name) => _ = CancelAsync(source, name);

    private async Task CancelAsync(CancellationTokenSource source, string name)
    {
        try { await source.CancelAsync().ConfigureAwait(false); }
        catch (Exception error) { Log.TokenCallbackFailed(_logger, error, name); }
    }
}
