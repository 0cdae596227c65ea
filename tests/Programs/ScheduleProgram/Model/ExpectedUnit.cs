namespace Quiesce.Schedules;

/// <summary>What becomes of a unit.</summary>
/// <param name="Admitted">Whether it may begin.</param>
/// <param name="Caught">What the report says of it; <see langword="null"/> if the cut did not catch it.</param>
internal sealed record ExpectedUnit(bool Admitted, WorkOutcome? Caught);
