namespace Quiesce.Schedules;

/// <summary>What the reference model says of a schedule. Times in milliseconds from the clock's beginning.</summary>
internal sealed record Expected(
    string Reason, double SignalAt, IReadOnlyList<ExpectedStep> Steps, IReadOnlyList<ExpectedUnit> Units, double? CutAt, double EndsAt, int ExitCode);
