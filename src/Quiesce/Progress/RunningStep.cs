namespace Quiesce;

/// <summary>One participant's part in one phase, while it is waited for.</summary>
/// <remarks>A class without value equality: it is its own key among the running ones.</remarks>
internal sealed class RunningStep(string name, ShutdownPhase phase, TimeSpan beganAt, TimeSpan limitAt)
{
    public string Name => name;

    public ShutdownPhase Phase => phase;

    /// <summary>When it began, measured from the signal.</summary>
    public TimeSpan BeganAt => beganAt;

    /// <summary>When it is abandoned at the latest, measured from the signal.</summary>
    public TimeSpan LimitAt => limitAt;

    /// <summary>Where in the application's code it comes from.</summary>
    public string? Origin { get; init; }

    /// <summary>Those that use it and were still running when it began.</summary>
    public IReadOnlyList<string> ReleasedBefore { get; init; } = [];

    /// <summary>Whether it is the program's own.</summary>
    public bool IsProgram { get; init; }

    public StepExecution Execution { get; } = new();

    /// <summary>Its entry in the report.</summary>
    public ParticipantReport Report(StepOutcome outcome, TimeSpan now, string? error, IReadOnlyList<string> notes) =>
        new(name, phase, outcome, now - beganAt, error, notes)
        {
            BeganAt = beganAt,
            Origin = Origin,
            ReleasedBefore = ReleasedBefore,
            IsProgram = IsProgram,
            Whereabouts = outcome == StepOutcome.Abandoned ? Execution.Whereabouts() : null,
        };
}
