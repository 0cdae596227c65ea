namespace Quiesce.Schedules;

/// <summary>How a unit is handed back.</summary>
/// <param name="Takes">Milliseconds; <see langword="null"/>: until its token asks it to end.</param>
/// <param name="Throws">Whether it fails in the end.</param>
internal sealed record HandBackScript(int? Takes, bool Throws)
{
    public override string ToString() => $"in {Takes?.ToString() ?? "all the time there is"}{(Throws ? ", which fails" : "")}";
}
