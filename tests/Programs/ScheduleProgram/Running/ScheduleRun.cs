using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.Testing;

namespace Quiesce.Schedules;

/// <summary>Acts a schedule out on the real coordinator: lets everything come to rest, moves the clock to the next timer, and so on.</summary>
internal sealed class ScheduleRun : IThreadPoolWorkItem
{
    private readonly Schedule _schedule;
    private readonly OneWorker _worker;
    private readonly ManualTimeProvider _clock;
    private readonly ShutdownCoordinator _coordinator;
    private readonly ProcessShutdown _process;
    private readonly SignalPolicy _policy;
    private readonly WorkLease[] _leases;

    // What blocks its thread: until its time comes, or until everything is over.
    private readonly HashSet<SemaphoreSlim> _blocked = [];
    private readonly Queue<SemaphoreSlim> _opening = new();
    private bool _ended;

    public ScheduleRun(Schedule schedule, OneWorker worker)
    {
        (_schedule, _worker) = (schedule, worker);
        _clock = new ManualTimeProvider(schedule.Frequency);
        Budget = BudgetPlanner.Plan(schedule.Options, null).Require();
        _coordinator = new ShutdownCoordinator(Budget, new ParticipantRegistry(), _clock, NullLogger.Instance);
        _process = new ProcessShutdown(_coordinator, new ProcessOwner(new NoSignals(), new NoProcess(), _clock), NullLogger.Instance, alwaysExitZero: false);
        _policy = new SignalPolicy(schedule.Terminal, new SignalOptions());
        _leases = new WorkLease[schedule.Units.Count];
        Trace = new Trace(schedule.Units.Count);
    }

    public ShutdownBudget Budget { get; }

    public Trace Trace { get; }

    /// <summary>Acts it out.</summary>
    /// <returns>The report; <see langword="null"/> if nothing began a shutdown.</returns>
    public ShutdownReport? Act()
    {
        ThreadPool.UnsafeQueueUserWorkItem(_ => Prepare(), null);
        _worker.Run(this);
        return Trace.Report;
    }

    /// <summary>One turn. Runs again and again, each time when everything that was queued before it has run.</summary>
    public void Execute()
    {
        if (ThreadPool.PendingWorkItemCount > 0) { Again(); }
        else if (_opening.TryDequeue(out SemaphoreSlim? gate)) { _worker.HandOver(gate, this); }
        else if (_ended) { _worker.End(); }
        else if (_coordinator.Phase == ShutdownPhase.Exit) { _coordinator.Completion.ContinueWith(_ => End(), TaskScheduler.Default); }
        else if (_clock.AdvanceToNextTimer()) { Again(); }
        else { End(); }
    }

    private void Again() => _worker.Again(this);

    private void Prepare()
    {
        _coordinator.Draining.Register(() => Trace.DrainingAt = Now);
        _coordinator.Aborting.Register(() => Trace.AbortingAt = Now);
        foreach (ParticipantScript script in _schedule.Participants)
        {
            _coordinator.Participants.Add(new ScriptedParticipant(script, this));
        }

        // Earlier entries first where times are the same: so says the model.
        At(_schedule.StartedAt, _process.Started);
        for (int i = 0; i < _schedule.Units.Count; i++)
        {
            int number = i;
            At(_schedule.Units[i].At, () => _ = ActAsync(number));
        }

        foreach (Poke poke in _schedule.Pokes) { At(poke.At, () => Poke(poke)); }
    }

    private void End()
    {
        _ended = true;
        Trace.Report = _coordinator.Completion.IsCompletedSuccessfully ? _coordinator.Completion.Result : null;
        Trace.EndedIn = _coordinator.Phase;
        Trace.EndedAt = Now;
        for (int i = 0; i < _leases.Length; i++) { Trace.Units[i].IsAlive = _leases[i].IsAlive; }
        foreach (SemaphoreSlim gate in _blocked) { _opening.Enqueue(gate); }
        _blocked.Clear();
        Again();
    }

    internal double Now => (_clock.GetUtcNow() - ManualTimeProvider.Start).TotalMilliseconds;

    internal Task WaitAsync(int? milliseconds, CancellationToken cancellationToken) =>
        milliseconds == 0 ? Task.CompletedTask
        : Task.Delay(milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : Timeout.InfiniteTimeSpan, _clock, cancellationToken);

    internal void Block(int? milliseconds)
    {
        var gate = new SemaphoreSlim(0);
        _blocked.Add(gate);
        if (milliseconds is { } until) { In(until, () => { if (_blocked.Remove(gate)) { _opening.Enqueue(gate); } }); }

        _worker.Block(gate);
    }

    internal void Do(Deed deed, string who, CancellationToken token)
    {
        switch (deed)
        {
            case Deed.Registers:
                Trace.Registrations.Add((who, Now));
                _coordinator.Participants.AddHook($"late {who}", ShutdownPhase.Release, Hook.Of(static (_, _) => Task.CompletedTask), []);
                break;
            case Deed.Requests:
                _process.Request(new ShutdownReason(ShutdownTrigger.Request, "again"));
                break;
            case Deed.BreaksItsToken when !token.IsCancellationRequested: // else it would only break itself
                token.Register(static () => throw new InvalidOperationException("a callback on a token"));
                break;
        }
    }

    private void Poke(Poke poke)
    {
        if (poke.Signal is { } signal)
        {
            SignalAction action = _policy.Next(signal);
            Trace.Actions.Add(action);
            _process.OnSignal(action, signal, _clock.GetTimestamp());
        }
        else { _process.Request(new ShutdownReason(ShutdownTrigger.Request, poke.Name)); }
    }

    private async Task ActAsync(int number)
    {
        UnitScript script = _schedule.Units[number];
        UnitTrace trace = Trace.Units[number];
        string kind = UnitTrace.KindOf(number);
        trace.Admitted = (script.Parent, script.HandBack) switch
        {
            ({ } parent, _) => _coordinator.Work.TryBegin(kind, _leases[parent], out _leases[number]),
            (_, { } handBack) => _coordinator.Work.TryBegin(kind, token => HandBackAsync(handBack, trace, token), out _leases[number]),
            _ => _coordinator.Work.TryBegin(kind, out _leases[number]),
        };
        if (!trace.Admitted) { return; }

        bool isDone = true;
        try { await WaitAsync(script.Takes, script.AtTheCut == UnitReaction.GoesOn ? default : _coordinator.Aborting); }
        catch (OperationCanceledException)
        {
            await WaitAsync(script.Reacts, default);
            isDone = script.AtTheCut == UnitReaction.Finishes;
        }

        trace.Completed = isDone && _leases[number].TryComplete();
        trace.EndedAt = Now;
        _leases[number].Dispose();
    }

    private async Task HandBackAsync(HandBackScript script, UnitTrace trace, CancellationToken token)
    {
        trace.HandBacks++;
        await WaitAsync(script.Takes, script.Takes is null ? token : default);
        if (script.Throws) { throw new InvalidOperationException("a hand-back"); }
    }

    private void At(int instant, Action act) => In(instant, act);

    private void In(int milliseconds, Action act)
    {
        if (milliseconds == 0) { act(); }
        else { _clock.CreateTimer(_ => act(), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan); }
    }
}
