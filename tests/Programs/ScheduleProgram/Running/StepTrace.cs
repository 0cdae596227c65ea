namespace Quiesce.Schedules;

/// <summary>A participant's part in a phase, as it saw it itself.</summary>
internal sealed class StepTrace(string name, ShutdownPhase phase, double beganAt)
{
    public string Name => name;

    public ShutdownPhase Phase => phase;

    public double BeganAt => beganAt;

    public double? CancelledAt { get; set; }

    public double? EndedAt { get; set; }
}
