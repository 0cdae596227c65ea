namespace Quiesce.Cli.Rehearse.Output;

/// <summary>How one instance left. Either <c>exitCode</c> or <c>exitSignal</c> is set; <c>shellCode</c> is 128 + n for the latter.</summary>
internal sealed record StopSection(
    int Deployment,
    int Instance,
    double SecondsToExit,
    double? SecondsToClose,
    double? SecondsToDetection,
    double? LongestRequestSeconds,
    int? ExitCode,
    string? ExitSignal,
    int ShellCode,
    bool Killed,
    bool InsideGrace,
    int LeftBehind,
    IReadOnlyList<ProcessSection> LeftBehindProcesses,
    CountsSection Requests) : IExitSection
{
    /// <summary>Gets whether SIGKILL took the place of the signal, on purpose.</summary>
    public bool ByKill { get; init; }

    /// <summary>Gets how the beside services left that were deployed with it. Absent in files of earlier versions.</summary>
    public IReadOnlyList<BesideSection> Beside { get; init; } = [];
}
