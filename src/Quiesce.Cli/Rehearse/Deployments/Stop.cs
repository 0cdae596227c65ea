using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>How one instance left, as seen from outside. All instants are timestamps of the run's <see cref="TimeProvider"/>.</summary>
/// <param name="Deployment">1 for the first deployment; 0 for a stop that is none: a baseline's, or the last one after the load.</param>
/// <param name="Instance">Which instance left.</param>
/// <param name="SignalledAt">When the signal was sent.</param>
/// <param name="ClosedAt">When nobody listened on its port any more; <see langword="null"/> if that could not be seen.</param>
/// <param name="ExitedAt">When its process ended.</param>
/// <param name="Status">Exit code or signal.</param>
/// <param name="Killed">Whether the grace was over and SIGKILL ended it.</param>
/// <param name="LeftBehind">The processes that outlived it and had to be ended.</param>
/// <param name="TimeToExit">From the signal to the end of the process.</param>
/// <param name="TimeToClose">From the signal to the closed listener, where seen.</param>
/// <param name="TimeToDetection">From the signal to the balancer's detection; <see langword="null"/> without a balancer.</param>
internal sealed record Stop(
    int Deployment,
    int Instance,
    long SignalledAt,
    long? ClosedAt,
    long ExitedAt,
    ExitStatus Status,
    bool Killed,
    IReadOnlyList<FamilyMember> LeftBehind,
    TimeSpan TimeToExit,
    TimeSpan? TimeToClose,
    TimeSpan? TimeToDetection = null)
{
    /// <summary>Gets when the last process of the instance had ended, which may be a moment after its first.</summary>
    public long GoneAt { get; init; } = ExitedAt;

    /// <summary>Gets what went wrong on purpose.</summary>
    public IReadOnlyList<FaultRecord> Faults { get; init; } = [];

    /// <summary>Gets whether SIGKILL took the place of the signal: no program can answer for what is lost then.</summary>
    public bool IsByKill { get; init; }

    /// <summary>Gets when the helper was told to leave, if it had gone before the instance; <see langword="null"/> otherwise.</summary>
    public long? HelperToldAt { get; init; }

    /// <summary>Gets how the beside services left that were deployed with it.</summary>
    public IReadOnlyList<BesideStop> Beside { get; init; } = [];
}
