namespace Quiesce.Schedules;

/// <summary>What was seen from outside while a schedule was acted out. Times in milliseconds from the clock's beginning.</summary>
internal sealed class Trace(int units)
{
    /// <summary>Gets the report; <see langword="null"/> if no shutdown ended.</summary>
    public ShutdownReport? Report { get; set; }

    public ShutdownPhase EndedIn { get; set; }

    public double EndedAt { get; set; }

    public double? DrainingAt { get; set; }

    public double? AbortingAt { get; set; }

    public List<StepTrace> Steps { get; } = [];

    public UnitTrace[] Units { get; } = [.. Enumerable.Range(0, units).Select(static _ => new UnitTrace())];

    public List<SignalAction> Actions { get; } = [];

    public List<(string Who, double At)> Registrations { get; } = [];
}
