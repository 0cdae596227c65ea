using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Tells a waiting person what is happening. Never part of the result.</summary>
internal interface IRehearsalProgress
{
    /// <summary>Something lasting: it stays on the screen.</summary>
    void Say(string text);

    /// <summary>What happens from now on, and how long everything may still take.</summary>
    void Step(string text, TimeSpan remaining);

    /// <summary>What the step is doing now.</summary>
    void Phase(string text);

    /// <summary>The load whose figures are shown.</summary>
    void Watch(ILoad load);
}
