namespace Quiesce.Schedules;

/// <summary>A signal, or a request from code if there is none.</summary>
internal sealed record Poke(int At, ShutdownSignal? Signal)
{
    public string Name => Signal?.Name() ?? "a request";

    public override string ToString() => $"{Name} at {At}";
}
