namespace Quiesce.Schedules;

/// <summary>A participant: what it says it uses, and how it behaves in each phase it has a part in.</summary>
internal sealed record ParticipantScript(string Name, string[] Uses, StepScript? StopAccepting, StepScript? Drain, StepScript? Release)
{
    public StepScript? In(ShutdownPhase phase) => phase switch
    {
        ShutdownPhase.StopAccepting => StopAccepting,
        ShutdownPhase.Drain => Drain,
        _ => Release,
    };

    public override string ToString() =>
        $"participant {Name} uses [{string.Join(", ", Uses)}]: stops accepting {StopAccepting}, drains {Drain}, releases {Release}";
}
