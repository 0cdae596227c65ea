namespace Quiesce;

/// <summary>One participant's part in one phase, while it is waited for.</summary>
/// <remarks>Immutable. A class without value equality: it is its own key among the running ones.</remarks>
internal sealed class RunningStep(string name, ShutdownPhase phase, TimeSpan beganAt, TimeSpan limitAt)
{
    public string Name => name;

    public ShutdownPhase Phase => phase;

    /// <summary>When it began, measured from the signal.</summary>
    public TimeSpan BeganAt => beganAt;

    /// <summary>When it is abandoned at the latest, measured from the signal.</summary>
    public TimeSpan LimitAt => limitAt;
}
