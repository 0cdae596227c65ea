using System.Globalization;

namespace Quiesce.Schedules;

/// <summary>Counts which states and transitions were reached, so that nobody trusts a test that never went there.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public Coverage()
    {
        ShutdownPhase[] phases = [ShutdownPhase.StopAccepting, ShutdownPhase.Drain, ShutdownPhase.Release];
        IEnumerable<string> all =
        [
            .. phases.SelectMany(static phase => Enum.GetValues<StepOutcome>().Select(outcome => Step(phase, outcome))),
            .. phases.SelectMany(static phase => Enum.GetValues<Manner>().Select(manner => Manners(phase, manner))),
            .. phases.SelectMany(static phase => Enum.GetValues<Deed>().Where(static deed => deed != Deed.None).Select(deed => Deeds(phase, deed))),
            .. phases.SelectMany(static phase => ((string[])["kept", "reached"]).Select(how => Limits(phase, how))),
            .. Enum.GetValues<SignalAction>().Select(Signals),
            .. Enum.GetValues<WorkOutcome>().Where(static outcome => outcome != WorkOutcome.Running).Select(Caught), // no process is ended by force here
            .. ((int[])[0, 80, 81]).Select(Exits),
            "begin: by a signal", "begin: by a request", "begin: during start-up", "begin: never",
            "cut: none", "cut: at its time", "cut: by a person in the drain", "cut: by a person before the drain",
            "release: after its users were given up", "release: side by side",
            "work: refused", "work: begun by work in the drain", "work: begun by work after the cut", "work: refused to work that has ended",
        ];
        foreach (string one in all) { _counts[one] = 0; }
    }

    public IEnumerable<string> Missing => _counts.Where(static pair => pair.Value == 0).Select(static pair => pair.Key);

    public void Count(Schedule schedule, Trace trace)
    {
        foreach (SignalAction action in trace.Actions) { Add(Signals(action)); }

        if (trace.Report is not { } report)
        {
            Add("begin: never");
            return;
        }

        double signalAt = trace.EndedAt - report.Duration.TotalMilliseconds;
        Add(report.Reason.Trigger == ShutdownTrigger.Signal ? "begin: by a signal" : "begin: by a request");
        if (signalAt < schedule.StartedAt) { Add("begin: during start-up"); }

        Add(Exits(report.ExitCode));
        foreach (ParticipantReport part in report.Participants) { Add(Step(part.Phase, part.Outcome)); }

        foreach (StepTrace step in trace.Steps)
        {
            StepScript script = schedule.Participants.Single(one => one.Name == step.Name).In(step.Phase)!;
            Add(Manners(step.Phase, script.Manner));
            if (script.Deed != Deed.None) { Add(Deeds(step.Phase, script.Deed)); }

            if (script.Limit is not null) { Add(Limits(step.Phase, step.CancelledAt is null ? "kept" : "reached")); }
        }

        Cuts(schedule, trace);
        Work(schedule, report, trace);
        Releases(schedule, report);
    }

    public override string ToString() =>
        string.Join(Environment.NewLine, _counts.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"  {pair.Key,-48} {pair.Value,12:N0}")));

    private void Cuts(Schedule schedule, Trace trace)
    {
        double skippedAt = Pokes.Read(schedule)!.SkipDrainAt;
        if (trace.AbortingAt is not { } at) { Add("cut: none"); }
        else if (skippedAt <= trace.DrainingAt) { Add("cut: by a person before the drain"); }
        else if (skippedAt <= at + Instants.Near) { Add("cut: by a person in the drain"); }
        else { Add("cut: at its time"); }
    }

    private void Work(Schedule schedule, ShutdownReport report, Trace trace)
    {
        foreach (AbandonedWork unit in report.Abandoned) { Add(Caught(unit.Outcome)); }

        for (int i = 0; i < trace.Units.Length; i++)
        {
            UnitScript script = schedule.Units[i];
            bool nested = script.Parent is not null;
            if (script.At > trace.EndedAt) { continue; }

            if (!trace.Units[i].Admitted) { Add(nested ? "work: refused to work that has ended" : "work: refused"); }
            else if (nested && script.At > trace.AbortingAt) { Add("work: begun by work after the cut"); }
            else if (nested && script.At > trace.DrainingAt) { Add("work: begun by work in the drain"); }
        }
    }

    private void Releases(Schedule schedule, ShutdownReport report)
    {
        ParticipantReport[] released =
            [.. report.Participants.Where(static part => part.Phase == ShutdownPhase.Release && part.Duration > TimeSpan.Zero)];
        if (released.DistinctBy(static part => part.BeganAt).Count() < released.Length) { Add("release: side by side"); }

        var relations = new Relations(schedule.Participants);
        for (int i = 0; i < schedule.Participants.Count; i++)
        {
            if (schedule.Participants[i].Release is not null && relations.UsersOf(i).Any(user => report.Participants.Any(part =>
                part.Name == schedule.Participants[user].Name && part.Outcome == StepOutcome.Abandoned)))
            {
                Add("release: after its users were given up");
            }
        }
    }

    private void Add(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    private static string Step(ShutdownPhase phase, StepOutcome outcome) => $"step: {phase} {outcome}";

    private static string Manners(ShutdownPhase phase, Manner manner) => $"manner: {phase} {manner}";

    private static string Deeds(ShutdownPhase phase, Deed deed) => $"deed: {phase} {deed}";

    private static string Limits(ShutdownPhase phase, string how) => $"limit: {phase} {how}";

    private static string Signals(SignalAction action) => $"signal: {action}";

    private static string Caught(WorkOutcome outcome) => $"work: caught, {outcome}";

    private static string Exits(int code) => $"exit: {code}";
}
