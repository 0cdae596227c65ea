using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>How one instance of a beside service left. <c>service</c> is 1 for the first <c>--beside</c>; the rest is as for the program.</summary>
internal sealed record BesideSection(
    int Service,
    int Instance,
    double SecondsToExit,
    int? ExitCode,
    string? ExitSignal,
    int ShellCode,
    bool Killed,
    bool InsideGrace,
    int LeftBehind,
    IReadOnlyList<ProcessSection> LeftBehindProcesses) : IExitSection
{
    public bool ByKill { get; init; }

    public static BesideSection Of(BesideStop stop, TimeSpan grace) => new(
        stop.Identity.Service,
        stop.Identity.Instance,
        Math.Round(stop.TimeToExit.TotalSeconds, 3),
        stop.Status.Code,
        stop.Status.Signal is { } signal ? Signals.NameOf(signal) : null,
        stop.Status.ShellCode,
        stop.Killed,
        !stop.Killed && stop.TimeToExit <= grace,
        stop.LeftBehind.Count,
        [.. stop.LeftBehind.Select(static member => new ProcessSection(member.Id, member.Command))])
    {
        ByKill = stop.IsByKill,
    };
}
