namespace Quiesce.Schedules;

internal sealed record ExpectedStep(string Name, ShutdownPhase Phase, StepOutcome Outcome, double BeginsAt, double EndsAt);
