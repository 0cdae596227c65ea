namespace Quiesce.Schedules;

/// <summary>What becomes of the units, once it is known when the tracker closes and when the cut comes.</summary>
internal sealed class WorkModel
{
    private readonly IReadOnlyList<UnitScript> _scripts;
    private readonly Instants _instants;
    private readonly double _cutAt, _takenBackAt, _handBackLimitAt;
    private readonly Life[] _lives;

    /// <param name="scripts">The units.</param>
    /// <param name="instants">Compares.</param>
    /// <param name="closedAt">When no root is admitted any more.</param>
    /// <param name="cutAt">When work is cancelled.</param>
    /// <param name="drainEndAt">When the drain is over at the latest.</param>
    public WorkModel(IReadOnlyList<UnitScript> scripts, Instants instants, double closedAt, double cutAt, double drainEndAt)
    {
        (_scripts, _instants, _cutAt) = (scripts, instants, cutAt);
        bool isCut = !double.IsInfinity(cutAt);

        // Half of the hand-back share is the work's. Half of that it has to end, nine tenths to be handed back.
        _takenBackAt = isCut ? cutAt + ((drainEndAt - cutAt) * 0.25) : cutAt;
        _handBackLimitAt = isCut ? cutAt + ((drainEndAt - cutAt) * 0.45) : cutAt;
        _lives = new Life[scripts.Count];
        for (int i = 0; i < scripts.Count; i++) { _lives[i] = LifeOf(scripts[i], closedAt); }

        DrainedAt = _lives.Where(static life => life.Admitted).Select(static life => life.LeftAt).Append(closedAt).Max();
    }

    /// <summary>Gets when the last unit has ended and was handed back; never before the tracker is closed.</summary>
    public double DrainedAt { get; }

    public IEnumerable<ExpectedUnit> Outcomes(double reportAt) =>
        _lives.Select((life, i) => new ExpectedUnit(life.Admitted, Caught(life, _scripts[i], reportAt)));

    private Life LifeOf(UnitScript script, double closedAt)
    {
        bool ofLiveParent = script.Parent is { } parent && _lives[parent].Admitted
            && _scripts[parent].At <= script.At && _instants.Before(script.At, _lives[parent].EndedAt);
        bool admitted = ofLiveParent || _instants.Before(script.At, closedAt);
        if (!admitted) { return new Life(false, script.At, script.At, script.At, null); }

        double byItself = script.At + (script.Takes ?? double.PositiveInfinity);
        double told = Math.Max(script.At, _cutAt);
        bool hears = script.AtTheCut != UnitReaction.GoesOn;
        bool isTold = hears && !double.IsInfinity(told) && script.Takes != 0 && !_instants.Before(byItself, told);
        double endedAt = isTold ? told + script.Reacts : byItself;
        bool done = !isTold || script.AtTheCut == UnitReaction.Finishes;

        // Handed back: when it has ended undone, or while it goes on. Only what was in flight at the cut is.
        bool caught = !double.IsInfinity(_cutAt) && script.At < _cutAt && !_instants.Before(endedAt, _cutAt);
        if (!caught || script.HandBack is not { } handBack || script.Parent is not null) { return new Life(true, script.At, endedAt, endedAt, null); }

        bool stillThere = !_instants.Before(endedAt, _takenBackAt);
        if (!stillThere && done) { return new Life(true, script.At, endedAt, endedAt, null); }

        double from = stillThere ? _takenBackAt : endedAt;
        double until = handBack.Takes is { } takes ? from + takes : Math.Max(from, _handBackLimitAt);
        return new Life(true, script.At, endedAt, Math.Max(endedAt, until), until);
    }

    private WorkOutcome? Caught(Life life, UnitScript script, double reportAt)
    {
        if (!life.Admitted || double.IsInfinity(_cutAt)) { return null; }

        if (life.BeganAt >= _cutAt)
        {
            // Begun by work that the cut caught: nobody cancelled it by name, but if it is still there, the report says so.
            return _instants.Before(life.LeftAt, reportAt) ? null : WorkOutcome.Ignored;
        }

        if (_instants.Before(life.EndedAt, _cutAt)) { return null; }

        if (life.HandedBackAt is { } at)
        {
            bool fails = script.HandBack is { Takes: null } or { Throws: true };
            return !fails && _instants.Before(at, reportAt) ? WorkOutcome.HandedBack : WorkOutcome.HandBackFailed;
        }

        if (!_instants.Before(life.EndedAt, reportAt)) { return WorkOutcome.Ignored; }

        return script.AtTheCut == UnitReaction.Stops ? WorkOutcome.Ended : WorkOutcome.Completed;
    }

    /// <param name="Admitted">Whether it may begin.</param>
    /// <param name="BeganAt">When it begins.</param>
    /// <param name="EndedAt">When its lease is given back.</param>
    /// <param name="LeftAt">When the tracker lets it go: it has ended, and was handed back.</param>
    /// <param name="HandedBackAt">When its hand-back ends, if there is one.</param>
    private sealed record Life(bool Admitted, double BeganAt, double EndedAt, double LeftAt, double? HandedBackAt);
}
