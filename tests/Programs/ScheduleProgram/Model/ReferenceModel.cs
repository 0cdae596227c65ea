namespace Quiesce.Schedules;

/// <summary>Works out what a shutdown comes to: from the guarantees, on paper, one phase after another. No task, no timer, no lock.</summary>
internal sealed class ReferenceModel
{
    private readonly Schedule _schedule;
    private readonly Instants _instants = new();
    private readonly List<ExpectedStep> _steps = [];
    private readonly List<ParticipantScript> _participants;
    private readonly List<(double At, string Name)> _registrations = [];
    private readonly Pokes _pokes;
    private readonly double _cutAt, _drainEndAt, _endAt, _handBack;

    private ReferenceModel(Schedule schedule, ShutdownBudget budget, Pokes pokes)
    {
        (_schedule, _pokes) = (schedule, pokes);
        _cutAt = pokes.SignalAt + budget.Cut.TotalMilliseconds;
        _drainEndAt = pokes.SignalAt + budget.DrainEnd.TotalMilliseconds;
        _endAt = pokes.SignalAt + budget.End.TotalMilliseconds;
        _handBack = budget.HandBack.TotalMilliseconds;
        var work = new ParticipantScript(
            WorkParticipant.ParticipantName, [ParticipantUses.Everything], StopAccepting: null, Drain: new StepScript(Manner.Ignores, Takes: null), Release: null);
        _participants = [work, .. schedule.Participants];
    }

    /// <summary>Says what is to be expected.</summary>
    /// <returns><see langword="null"/> if nothing begins a shutdown; and whether it is too close to call.</returns>
    public static (Expected? Expected, bool TooClose) Of(Schedule schedule, ShutdownBudget budget)
    {
        if (Pokes.Read(schedule) is not { } pokes) { return (null, false); }

        var model = new ReferenceModel(schedule, budget, pokes);
        Expected expected = model.Run();
        return (expected, model._instants.TooClose);
    }

    private Expected Run()
    {
        double drainAt = StopAccepting(Math.Max(_pokes.SignalAt, _schedule.StartedAt));
        AddLateOnes(drainAt);

        // Without a cut first: only if somebody is not done by then there is one.
        (int steps, int registrations) = (_steps.Count, _registrations.Count);
        double cutAt = Math.Max(drainAt, Math.Min(_cutAt, _pokes.SkipDrainAt));
        var work = new WorkModel(_schedule.Units, _instants, drainAt, double.PositiveInfinity, double.PositiveInfinity);
        double releaseAt = Drain(drainAt, double.PositiveInfinity, work.DrainedAt);
        bool isCut = !_instants.Before(releaseAt, cutAt);
        if (isCut)
        {
            _steps.RemoveRange(steps, _steps.Count - steps);
            _registrations.RemoveRange(registrations, _registrations.Count - registrations);
            work = new WorkModel(_schedule.Units, _instants, drainAt, cutAt, Math.Max(cutAt, Math.Min(cutAt + _handBack, _drainEndAt)));
            releaseAt = Drain(drainAt, cutAt, work.DrainedAt);
        }

        AddLateOnes(releaseAt);
        double endsAt = Release(releaseAt);
        ExpectedUnit[] units = [.. work.Outcomes(endsAt)];
        return new Expected(_pokes.Reason, _pokes.SignalAt, _steps, units, isCut ? cutAt : null, endsAt, ExitCode(units));
    }

    private double StopAccepting(double beginsAt)
    {
        double endsAt = beginsAt;
        foreach (ParticipantScript participant in _participants)
        {
            if (participant.StopAccepting is not { } step) { continue; }

            (double cancelAt, double giveUpAt) = step.Limit is { } limit ? Fair(beginsAt, Math.Min(beginsAt + limit, _cutAt), 1) : Fair(beginsAt, _cutAt, 0.5);
            endsAt = Math.Max(endsAt, Play(participant, ShutdownPhase.StopAccepting, step, beginsAt, cancelAt, giveUpAt, _pokes.SkipStopAcceptingAt));
        }

        return endsAt;
    }

    /// <summary>As a flow: each when its users have drained.</summary>
    private double Drain(double beginsAt, double cutAt, double workDrainedAt)
    {
        var relations = new Relations(_participants);
        double[] ends = new double[_participants.Count];
        double drainEndAt = Math.Max(cutAt, Math.Min(cutAt + _handBack, _drainEndAt));
        foreach (int i in relations.Order())
        {
            double from = relations.UsersOf(i).Select(user => ends[user]).Append(beginsAt).Max();
            ends[i] = from;
            if (_participants[i].Drain is not { } step) { continue; }

            if (i == 0) { step = step with { Takes = double.IsInfinity(workDrainedAt) ? null : (int)(workDrainedAt - beginsAt) }; }

            double share = relations.UsesAny(i) ? 0.5 : 1;
            bool beforeTheCut = double.IsInfinity(cutAt) || _instants.Before(from, cutAt);
            (double cancelAt, double giveUpAt) = beforeTheCut
                ? (cutAt, cutAt + (Math.Max(0, Math.Min(_handBack, _drainEndAt - cutAt)) * share))
                : Fair(from, drainEndAt, share);
            if (step.Limit is { } limit && (beforeTheCut ? _instants.Before(from + limit, _cutAt) : from + limit < giveUpAt))
            {
                (cancelAt, giveUpAt) = Fair(from, from + limit, 1);
            }

            ends[i] = Play(_participants[i], ShutdownPhase.Drain, step, from, cancelAt, giveUpAt, hurryAt: beforeTheCut ? cutAt : double.PositiveInfinity);
        }

        return ends.Max();
    }

    private double Release(double beginsAt)
    {
        var relations = new Relations(_participants);
        IReadOnlyList<IReadOnlyList<int>> stages = relations.Stages(i => _participants[i].Release is not null);
        var promises = new Promises(_participants, relations, stages, Math.Max(0, _endAt - beginsAt));
        foreach (IReadOnlyList<int> stage in stages)
        {
            var ends = new Dictionary<int, double>();
            foreach (int i in stage)
            {
                double from = relations.UsersOf(i).Where(ends.ContainsKey).Select(user => ends[user]).Append(beginsAt).Max();
                ends[i] = from;
                if (_participants[i].Release is not { } step) { continue; }

                bool othersWait = stage != stages[^1]
                    || stage.Any(other => other != i && _participants[other].Release is not null && relations.LeadsTo(i, other));
                double until = _endAt - promises.Behind(i);
                (double cancelAt, double giveUpAt) = promises.LimitOf(i) is { } limit
                    ? Fair(from, Math.Min(from + limit, until), 1)
                    : Fair(from, until, othersWait ? 0.5 : 1);
                ends[i] = Play(_participants[i], ShutdownPhase.Release, step, from, cancelAt, giveUpAt, hurryAt: double.PositiveInfinity);
            }

            beginsAt = ends.Values.Max();
        }

        return beginsAt;
    }

    /// <summary>A share of what is left, the last tenth of it to react in.</summary>
    private static (double CancelAt, double GiveUpAt) Fair(double from, double until, double share)
    {
        double time = Math.Max(0, until - from) * share;
        return (from + (time * 0.9), from + time);
    }

    private double Play(
        ParticipantScript who, ShutdownPhase phase, StepScript step, double from, double cancelAt, double giveUpAt, double hurryAt)
    {
        if (step.Deed == Deed.Registers) { _registrations.Add((from, $"late {who.Name} {phase}")); }

        double patience = double.IsInfinity(cancelAt) ? cancelAt : giveUpAt - cancelAt;
        double askedAt = Math.Max(from, Math.Min(cancelAt, hurryAt));
        double lastAt = Math.Min(giveUpAt, askedAt + patience);
        double byItself = from + (step.Takes ?? double.PositiveInfinity);
        (double at, StepOutcome how) = (byItself, step.Throws ? StepOutcome.Failed : StepOutcome.Completed);

        // What needs no time at all is over before anybody can ask.
        if (step.Takes != 0 && step.Manner == Manner.Hears && !_instants.Before(byItself, askedAt))
        {
            (at, how) = (askedAt + step.Reacts, StepOutcome.Cancelled);
        }

        if (!_instants.Before(at, lastAt)) { (at, how) = (lastAt, StepOutcome.Abandoned); }

        _steps.Add(new ExpectedStep(who.Name, phase, how, from, at));
        return at;
    }

    /// <summary>Hooks that joined in time have a part in what follows.</summary>
    private void AddLateOnes(double until)
    {
        foreach ((double at, string name) in _registrations.OrderBy(static late => late.At))
        {
            bool isNew = _participants.TrueForAll(known => known.Name != name);
            if (isNew && at <= until) { _participants.Add(new ParticipantScript(name, [], null, null, new StepScript(Manner.Ignores, 0))); }
        }
    }

    private int ExitCode(ExpectedUnit[] units)
    {
        bool lost = Array.Exists(units, static unit => unit.Caught is not null)
            || _steps.Exists(static step => step.Phase == ShutdownPhase.Drain && step.Outcome != StepOutcome.Completed);
        return lost ? ShutdownExitCode.WorkAbandoned
            : _steps.Exists(static step => step.Outcome != StepOutcome.Completed) ? ShutdownExitCode.ReleaseFailed : ShutdownExitCode.Clean;
    }
}
