namespace Quiesce.Schedules;

/// <summary>A unit of work.</summary>
/// <param name="At">When it asks to begin.</param>
/// <param name="Takes">Milliseconds until it is done; <see langword="null"/> for never.</param>
/// <param name="AtTheCut">What it does when it is told to stop.</param>
/// <param name="Reacts">Milliseconds until it has reacted to that.</param>
/// <param name="HandBack">How it is handed back; <see langword="null"/> if it cannot be. Work begun by work cannot be.</param>
/// <param name="Parent">The number of the unit that begins it, which comes earlier in the list.</param>
internal sealed record UnitScript(int At, int? Takes, UnitReaction AtTheCut, int Reacts, HandBackScript? HandBack, int? Parent)
{
    public override string ToString() => $"unit at {At}{(Parent is { } parent ? $", begun by unit {parent}" : "")}: takes " +
        $"{Takes?.ToString() ?? "for ever"}, at the cut it {AtTheCut} after {Reacts}, is handed back {HandBack?.ToString() ?? "never"}";
}
