namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>Every fault that can be played, in the order of the documentation.</summary>
internal static class FaultCatalog
{
    // Enough that one is surely in the worst state, few enough that they are no load.
    private const string Few = "4";

    // As many connections as wait in the queue of a small server while it is busy (gunicorn#2529).
    private const string Burst = "50";

    // A person who presses Ctrl+C again, an operator who runs the command again: the drain has begun by then.
    private const string SecondSignal = "0.2";

    public static IReadOnlyList<FaultSpec> All { get; } =
    [
        new(FaultKind.SlowClients, "slow-clients", FaultValue.Count, Few,
            "each gets its whole answer; one that needs longer than half of the grace may be cut off."),
        new(FaultKind.HalfSent, "half-sent", FaultValue.Count, Few,
            "the instance leaves inside the grace although the rest of these requests never comes; they themselves are nobody's loss."),
        new(FaultKind.NeverEnds, "never-ends", FaultValue.Path, "",
            "the instance ends it and leaves inside the grace; the request itself is nobody's loss."),
        new(FaultKind.Burst, "burst", FaultValue.Count, Burst, "none of them is lost: they are ordinary requests, and count as such."),
        new(FaultKind.Kill, "kill", Value: null, "",
            "what is in flight is lost, whatever the program does; what was acknowledged is done once, and the next instance starts."),
        new(FaultKind.SecondSignal, "second-signal", FaultValue.Seconds, SecondSignal, "it changes nothing: no request is lost for it, and no clean-up is skipped."),
        new(FaultKind.EarlySignal, "early-signal", FaultValue.Seconds, "",
            "an instance that is told to leave while it starts leaves inside the grace, with an exit code that is accepted."),
        new(FaultKind.HelperFirst, "helper-first", FaultValue.Seconds, "", "no request is lost although the helper has gone first."),
    ];

    public static FaultSpec Of(FaultKind kind) => All.Single(spec => spec.Kind == kind);

    public static FaultSpec? Find(string name) => All.FirstOrDefault(spec => spec.Name == name);
}
