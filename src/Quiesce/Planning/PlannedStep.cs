namespace Quiesce;

/// <summary>One participant's part in one phase, before anything happens.</summary>
/// <param name="Participant">Its name.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Stage">Its place in the phase, from 0: it begins when the stages before have ended, or earlier, when those it waits for have.</param>
/// <param name="LatestEnd">When it is left behind at the latest, measured from the signal, if it and everything before it are stuck.</param>
public sealed record PlannedStep(string Participant, ShutdownPhase Phase, int Stage, TimeSpan LatestEnd)
{
    /// <summary>Gets how it would be done, for people, where there are several ways: the web server says so of its listeners.</summary>
    public string? How { get; init; }
}
